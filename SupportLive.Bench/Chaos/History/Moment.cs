using System.Diagnostics;
using System.Globalization;

namespace SupportLive.Bench.Chaos.History;

/// <summary>The run's one clock: nanoseconds since its start, never backwards.</summary>
internal static class Moment
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    public static long Now => (long)Stopwatch.GetElapsedTime(Start).TotalNanoseconds + 1;

    public static TimeSpan Between(long from, long to) => TimeSpan.FromMicroseconds((to - from) / 1000.0);

    public static string Seconds(long at) => string.Create(CultureInfo.InvariantCulture, $"{at / 1e9:0.000}");
}
