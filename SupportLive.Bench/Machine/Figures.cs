namespace SupportLive.Bench.Machine;

/// <summary>Latencies in microseconds, kept whole: percentiles are exact.</summary>
internal sealed class Figures
{
    private readonly List<int> all = new(1 << 20);

    public void Add(TimeSpan latency)
    {
        lock (all) all.Add((int)Math.Min(latency.TotalMicroseconds, int.MaxValue));
    }

    public void Clear()
    {
        lock (all) all.Clear();
    }

    public Figures Copy()
    {
        var copy = new Figures();
        lock (all) copy.all.AddRange(all);
        return copy;
    }

    public int Count
    {
        get
        {
            lock (all) return all.Count;
        }
    }

    /// <summary>Milliseconds.</summary>
    public double Percentile(double p)
    {
        lock (all)
        {
            if (all.Count == 0) return double.NaN;
            all.Sort();
            return Math.Round(all[(int)Math.Min(all.Count - 1, Math.Floor(all.Count * p))] / 1000.0, 2);
        }
    }
}
