using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Chat;

/// <summary>
/// When thousands come back at one moment they are let into their conversations one after the other: at most <see cref="AtOnce"/> are read at
/// once on this node, so that those who write meanwhile find sessions of the database free.
/// </summary>
public sealed class JoinQueue
{
    public const int AtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Refused: busy for who has waited fifteen seconds; and whatever the join refuses. Who has gone, which <paramref name="ct"/> says, takes no turn.</summary>
    public async Task<Outcome<T>> Take<T>(Func<Task<Outcome<T>>> join, CancellationToken ct)
    {
        if (!await turns.WaitAsync(Patience, ct)) return Refusal.Busy;
        try
        {
            return await join();
        }
        finally
        {
            turns.Release();
        }
    }
}
