namespace SupportLive.Core.Reports.Paper;

/// <summary>Charts as lines and boxes, not pictures: sharp at any size.</summary>
internal static class PaperCharts
{
    private const double Height = 120;
    private const double Axis = 34;

    /// <summary>Pairs of bars, first and second of each label.</summary>
    public static void Bars(Sheet sheet, IReadOnlyList<(string Label, int First, int Second)> bars, string first, string second)
    {
        Legend(sheet, [(first, Ink.Accent), (second, Ink.Good)]);
        var most = Ceiling(bars.Count == 0 ? 0 : bars.Max(b => Math.Max(b.First, b.Second)));
        var foot = Grid(sheet, most, bars.Count == 0 ? "" : bars[0].Label, bars.Count == 0 ? "" : bars[^1].Label);
        var step = (Sheet.Width - Axis) / Math.Max(1, bars.Count);
        foreach (var (bar, n) in bars.Select((b, n) => (b, n)))
        {
            var (x, wide) = (Sheet.Left + Axis + (n * step) + (step * .12), step * .36);
            sheet.On.Box(Ink.Accent, x, foot - (Height * bar.First / most), wide, Height * bar.First / most);
            sheet.On.Box(Ink.Good, x + wide, foot - (Height * bar.Second / most), wide, Height * bar.Second / most);
        }
    }

    /// <summary>One line per series over the same days.</summary>
    public static void Lines(Sheet sheet, IReadOnlyList<(string Name, Ink Colour, int[] Values)> series, string from, string to)
    {
        Legend(sheet, [.. series.Select(s => (s.Name, s.Colour))]);
        var most = Ceiling(series.SelectMany(s => s.Values).DefaultIfEmpty().Max());
        var foot = Grid(sheet, most, from, to);
        foreach (var (_, colour, values) in series)
        {
            var step = (Sheet.Width - Axis) / Math.Max(1, values.Length - 1);
            var points = values.Select((v, n) => (X: Sheet.Left + Axis + (n * step), Y: foot - (Height * v / most))).ToArray();
            if (points.Length > 1) sheet.On.Line(colour, 1.4, points);
            else if (points.Length == 1) sheet.On.Box(colour, points[0].X, points[0].Y - 1, 3, 2);
        }
    }

    private static void Legend(Sheet sheet, (string Name, Ink Colour)[] names)
    {
        sheet.Room(Height + 40);
        var x = Sheet.Left;
        foreach (var (name, colour) in names)
        {
            sheet.On.Box(colour, x, sheet.Y + 2.5, 7, 7);
            sheet.Write(name, Sheet.Small, Ink.Black, x + 11, sheet.Y + 1, 90);
            x += 34 + sheet.Measure(name, Sheet.Small);
        }

        sheet.Y += 20;
    }

    private static double Grid(Sheet sheet, int most, string from, string to)
    {
        var foot = sheet.Y + Height;
        foreach (var part in (double[])[0, .5, 1])
        {
            var y = foot - (Height * part);
            sheet.Rule(y, Sheet.Left + Axis);
            sheet.Write(ReportWords.Count((int)(most * part)), Sheet.Small, Ink.Muted, Sheet.Left, y - 5, Axis - 6, 1);
        }

        sheet.Write(from, Sheet.Small, Ink.Muted, Sheet.Left + Axis, foot + 3, 200);
        sheet.Write(to, Sheet.Small, Ink.Muted, Sheet.Right - 200, foot + 3, 200, 1);
        sheet.Y = foot + 16;
        return foot;
    }

    // The next round and even number, so that the middle of the axis is one too.
    private static int Ceiling(int most)
    {
        if (most <= 2) return 2;
        var unit = (int)Math.Pow(10, Math.Floor(Math.Log10(most)));
        foreach (var times in (int[])[1, 2, 4, 6, 8, 10])
            if (times * unit >= most && times * unit % 2 == 0) return times * unit;
        return unit * 20;
    }

    /// <summary>Hours across, weekdays down; the darker the more.</summary>
    public static void Heat(Sheet sheet, IReadOnlyList<HeatView> cells)
    {
        const double names = 62, row = 15;
        var (width, most) = ((Sheet.Width - names) / 24, Math.Max(1, cells.Select(c => c.Created).DefaultIfEmpty().Max()));
        var counts = cells.ToDictionary(c => (c.Weekday, c.Hour), c => c.Created);
        sheet.Room((row * 7) + 20);
        for (var hour = 0; hour < 24; hour += 3) sheet.Write($"{hour:00}", Sheet.Small, Ink.Muted, Sheet.Left + names + (hour * width), sheet.Y, width * 2);
        sheet.Y += 11;
        for (var day = 1; day <= 7; day++, sheet.Y += row)
        {
            sheet.Write(ReportWords.Weekday(day), Sheet.Small, Ink.Muted, Sheet.Left, sheet.Y + 3, names);
            for (var hour = 0; hour < 24; hour++)
            {
                var count = counts.GetValueOrDefault((day, hour));
                sheet.On.Box(Shade((double)count / most), Sheet.Left + names + (hour * width), sheet.Y, width - 1, row - 1);
                if (count > 0) sheet.Write(Short(count), Sheet.Small, count * 2 > most ? Ink.White : Ink.Black, Sheet.Left + names + (hour * width), sheet.Y + 3, width - 1, .5);
            }
        }

        sheet.Y += 4;
    }

    private static string Short(int count) => count < 1000 ? ReportWords.Count(count) : $"{count / 1000} k";

    private static Ink Shade(double part) => part == 0 ? new Ink(245, 245, 242) : new Ink((byte)(226 - (161 * part)), (byte)(229 - (149 * part)), (byte)(253 - (23 * part)));
}
