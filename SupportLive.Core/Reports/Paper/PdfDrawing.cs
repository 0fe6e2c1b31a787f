using System.Globalization;
using System.Text;

namespace SupportLive.Core.Reports.Paper;

/// <summary>What is drawn on one page. Lengths are points from the upper left corner.</summary>
internal sealed class PdfDrawing
{
    private readonly StringBuilder marks = new();

    public static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public void Box(Ink ink, double x, double y, double width, double height) => marks.Append($"{ink} rg {N(x)} {N(Up(y + height))} {N(width)} {N(height)} re f\n");

    public void Line(Ink ink, double thick, params IEnumerable<(double X, double Y)> points) =>
        marks.Append($"{ink} RG {N(thick)} w 1 j ").AppendJoin(' ', points.Select((p, n) => $"{N(p.X)} {N(Up(p.Y))} {(n == 0 ? "m" : "l")}")).Append(" S\n");

    /// <param name="index">The place of the font in the file.</param>
    /// <param name="y">Of the upper edge of the line.</param>
    public void Text(PdfFont font, int index, double size, Ink ink, double x, double y, string text)
    {
        if (text.Length == 0) return;
        marks.Append($"BT {ink} rg /F{N(index)} {N(size)} Tf {N(x)} {N(Up(y + (font.Face.Ascent * size / 1000)))} Td <");
        foreach (var letter in text.EnumerateRunes())
        {
            var glyph = font.Face.Glyph(letter.Value);
            font.Used.TryAdd(glyph, letter);
            marks.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }

        marks.Append("> Tj ET\n");
    }

    private static double Up(double y) => PdfFile.Height - y;

    public override string ToString() => marks.ToString();
}

/// <summary>A colour.</summary>
internal readonly record struct Ink(byte Red, byte Green, byte Blue)
{
    public static Ink Black { get; } = new(26, 28, 33);

    public static Ink White { get; } = new(255, 255, 255);

    public static Ink Muted { get; } = new(91, 95, 105);

    public static Ink Line { get; } = new(214, 214, 207);

    public static Ink Soft { get; } = new(240, 241, 254);

    public static Ink Accent { get; } = new(65, 80, 230);

    public static Ink Good { get; } = new(46, 140, 96);

    public static Ink Warm { get; } = new(201, 138, 27);

    public override string ToString() => $"{PdfDrawing.N(Red / 255.0)} {PdfDrawing.N(Green / 255.0)} {PdfDrawing.N(Blue / 255.0)}";
}
