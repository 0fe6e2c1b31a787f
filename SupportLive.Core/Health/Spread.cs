namespace SupportLive.Core.Health;

/// <summary>
/// How values of the last minute were spread: counted in buckets that are a fifth apart, so that a percentile is exact within that. Who
/// records neither waits nor allocates; a value that is counted while a slice is being emptied may be lost.
/// </summary>
internal sealed class Spread(TimeProvider time)
{
    private const int Slices = 7; // the one that runs and the last six
    private const int Slice = 10;
    private const int PerOctave = 4;
    private const int Buckets = 34 * PerOctave;
    private const double Least = 1e-5; // ten microseconds; the last bucket begins beyond a day

    private readonly Beat beat = new(time);
    private readonly int[] counts = new int[Slices * Buckets];
    private readonly long[] slices = new long[Slices];

    public void Add(double value)
    {
        var now = Now;
        var row = (int)(now % Slices);
        if (Volatile.Read(ref slices[row]) != now && Interlocked.Exchange(ref slices[row], now) != now) Array.Clear(counts, row * Buckets, Buckets);
        Interlocked.Increment(ref counts[(row * Buckets) + Bucket(value)]);
    }

    private static int Bucket(double value) => value <= Least ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log2(value / Least) * PerOctave));

    /// <summary>Of the last minute; null when nothing came.</summary>
    public Percentiles? Read()
    {
        var (now, sums) = (Now, new long[Buckets]);
        for (var row = 0; row < Slices; row++)
        {
            if (Volatile.Read(ref slices[row]) is var slice && (slice <= now - Slices || slice == 0)) continue;
            for (var b = 0; b < Buckets; b++) sums[b] += Volatile.Read(ref counts[(row * Buckets) + b]);
        }

        var all = sums.Sum();
        return all == 0 ? null : new(all, At(sums, all, .5), At(sums, all, .99));
    }

    private static double At(long[] sums, long all, double part)
    {
        var (seen, bucket) = (0L, 0);
        while ((seen += sums[bucket]) < Math.Ceiling(all * part)) bucket++;
        return Least * Math.Pow(2, (bucket - .5) / PerOctave);
    }

    private long Now => beat.Second / Slice;
}

/// <summary>Half and ninety-nine of a hundred values are not above these.</summary>
public sealed record Percentiles(long Count, double P50, double P99);
