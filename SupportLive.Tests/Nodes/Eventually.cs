using System.Diagnostics;
using Xunit;

namespace SupportLive.Tests.Nodes;

/// <summary>Waits for a condition, never for time to pass.</summary>
public static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public static async Task<T> Get<T>(Func<Task<T>> look, Func<T, bool> holds, string what, TimeSpan? deadline = null)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen)) return seen;
            Assert.True(since.Elapsed < (deadline ?? Deadline), $"Never happened: {what}. Last seen: {seen}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static Task True(Func<Task<bool>> holds, string what, TimeSpan? deadline = null) => Get(holds, seen => seen, what, deadline);
}
