namespace SupportLive.Core.Reports;

/// <summary>Out of samples, how long something took.</summary>
internal static class Durations
{
    public static Spread Of(IEnumerable<Sample> samples)
    {
        var all = samples.ToArray() is [var only] ? (double[])only.Seconds.Clone() : [.. samples.SelectMany(s => s.Seconds)];
        if (all.Length == 0) return new Spread(0, null, null, null);
        Array.Sort(all);
        return new Spread(all.Length, Percentile(all, .5), Percentile(all, .9), all.Average());
    }

    // As PostgreSQL's percentile_cont: between the two nearest.
    private static double Percentile(double[] sorted, double part)
    {
        var place = part * (sorted.Length - 1);
        var (below, above) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
