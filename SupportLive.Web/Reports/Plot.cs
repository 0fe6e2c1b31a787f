using System.Globalization;

namespace SupportLive.Web.Reports;

/// <summary>Numbers of drawings.</summary>
public static class Plot
{
    /// <summary>Drawings are a thousand units wide and a hundred high, whatever the screen makes of it.</summary>
    public const double Width = 1000;

    public static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The top of the axis: round, and even, so that its middle is a number too.</summary>
    public static int Top(int most)
    {
        if (most <= 2) return 2;
        var unit = (int)Math.Pow(10, Math.Floor(Math.Log10(most)));
        foreach (var times in (int[])[1, 2, 4, 6, 8, 10])
            if (times * unit >= most && times * unit % 2 == 0) return times * unit;
        return unit * 20;
    }

    public static string Line(IReadOnlyList<int> values, int top) =>
        string.Join(' ', values.Select((v, n) => $"{N(values.Count == 1 ? 0 : n * Width / (values.Count - 1))},{N(100 - (100.0 * v / top))}"));
}
