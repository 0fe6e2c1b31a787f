using SupportLive.Core.Chat;
using SupportLive.Core.Outcomes;
using Xunit;

namespace SupportLive.Tests.Chat;

/// <summary>Who comes back with thousands waits for a turn, and takes none when gone.</summary>
public sealed class JoinQueueTests
{
    private readonly JoinQueue queue = new();
    private readonly TaskCompletionSource open = new();
    private int inside;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<Outcome<Done>> Enter()
    {
        Interlocked.Increment(ref inside);
        await open.Task;
        return new Done();
    }

    [Fact]
    public async Task No_more_are_let_in_at_once_than_it_says_and_all_of_them_in_the_end()
    {
        var all = Enumerable.Range(0, JoinQueue.AtOnce * 3).Select(_ => queue.Take(Enter, Ct)).ToArray();
        Assert.Equal(JoinQueue.AtOnce, inside);
        open.SetResult();
        Assert.All(await Task.WhenAll(all), o => Assert.True(o.Ok));
        Assert.Equal(all.Length, inside);
    }

    [Fact]
    public async Task Who_has_gone_while_waiting_takes_no_turn()
    {
        var within = Enumerable.Range(0, JoinQueue.AtOnce).Select(_ => queue.Take(Enter, Ct)).ToArray();
        using var gone = new CancellationTokenSource();
        var leaving = queue.Take(Enter, gone.Token);
        var staying = queue.Take(Enter, Ct);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        open.SetResult();
        await Task.WhenAll([.. within, staying]);
        Assert.Equal(JoinQueue.AtOnce + 1, inside);
    }

    [Fact]
    public async Task A_join_that_fails_gives_its_turn_back()
    {
        for (var n = 0; n < JoinQueue.AtOnce * 2; n++) await Assert.ThrowsAsync<TimeoutException>(() => queue.Take<Done>(() => throw new TimeoutException(), Ct));
        open.SetResult();
        Assert.True((await queue.Take(Enter, Ct)).Ok);
    }
}
