using SupportLive.Core.Outcomes;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Live;

/// <summary>A token bucket of one connection: so many messages a second, bursts of five times as many. Used by one call at a time.</summary>
internal sealed class MessagePace(CurrentLimits limits, TimeProvider time)
{
    private double tokens = limits.Now.MessagesPerSecond * 5;
    private long last = time.GetTimestamp();

    public Refusal? Next()
    {
        var set = limits.Now; // of this moment: it may be changed while the connection is open
        if (!set.Enabled) return null;
        var now = time.GetTimestamp();
        tokens = Math.Min(set.MessagesPerSecond * 5, tokens + (time.GetElapsedTime(last, now).TotalSeconds * set.MessagesPerSecond));
        last = now;
        if (tokens < 1) return LimitServices.RateLimited(TimeSpan.FromSeconds(1));
        tokens--;
        return null;
    }
}
