using SupportLive.Core.Accounts;

namespace SupportLive.Web.Chat;

/// <summary>Who works here, once for all pages of this node: whom a note may mention, and whose name is marked in one.</summary>
public sealed class Colleagues(AccountQueries accounts, TimeProvider time)
{
    /// <summary>Who has come since is known after so long.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(15);

    private long? readAt;

    /// <summary>By name; empty before the first <see cref="Refresh"/>. Only for pages of the staff.</summary>
    public IReadOnlyList<ColleagueView> All { get; private set; } = [];

    /// <summary>Does nothing for a customer.</summary>
    public async ValueTask Refresh(Actor actor, CancellationToken ct)
    {
        if (readAt is { } at && time.GetElapsedTime(at) < Memory) return;
        var now = time.GetTimestamp();
        if ((await accounts.Colleagues(actor, ct)).Value is not { } fresh) return;
        Load(fresh);
        readAt = now;
    }

    public void Load(IReadOnlyList<ColleagueView> fresh) => All = fresh;
}
