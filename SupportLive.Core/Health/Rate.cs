namespace SupportLive.Core.Health;

/// <summary>How much of something came in each of the last sixty seconds.</summary>
internal sealed class Rate(TimeProvider time)
{
    private const int Longest = 60;

    private readonly Beat beat = new(time);
    private readonly Lock turn = new();
    private readonly (long Second, long Count)[] seconds = new (long, long)[Longest + 1];

    public long Total { get; private set; }

    public void Add(long count)
    {
        var now = Second;
        lock (turn)
        {
            ref var slot = ref seconds[now % seconds.Length];
            slot = (now, slot.Second == now ? slot.Count + count : count);
            Total += count;
        }
    }

    /// <summary>In the last so many whole seconds, at most sixty; the one that runs does not count.</summary>
    public long Last(int span)
    {
        var now = Second;
        lock (turn) return seconds.Where(s => s.Second < now && s.Second >= now - span).Sum(s => s.Count);
    }

    private long Second => beat.Second;
}
