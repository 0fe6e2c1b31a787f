using System.Globalization;

namespace SupportLive.Core.Reports.Paper;

/// <summary>A4 pages that are filled from top to bottom. Lengths are points, a 72nd of an inch.</summary>
internal sealed class Sheet
{
    public const int MostPages = 200;
    public const double Left = 42;
    public const double Right = 553;
    public const double Width = Right - Left;
    private const double Top = 46;
    private const double Bottom = 796;

    private readonly PdfFile file;
    private readonly PdfFont[] fonts;

    public Sheet(string title, string font)
    {
        file = new PdfFile(title);
        var (regular, bold) = PaperFont.Load(font);
        fonts = [new PdfFont(regular), new PdfFont(bold)];
        Text = new PaperText(regular, bold);
        NewPage();
    }

    public static Style Plain { get; } = new(8.5, false);

    public static Style Bold { get; } = new(8.5, true);

    public static Style Small { get; } = new(7, false);

    public static Style Heading { get; } = new(11, true);

    public static Style Title { get; } = new(18, true);

    public PaperText Text { get; }

    public PdfDrawing On { get; private set; } = new();

    public double Y { get; set; }

    /// <summary>Nothing more fits into the report; what is drawn from here on is thrown away.</summary>
    public bool IsFull { get; private set; }

    public void NewPage()
    {
        (Y, On) = (Top, new PdfDrawing());
        if (file.Pages.Count == MostPages) IsFull = true;
        else file.Pages.Add(On);
    }

    /// <summary>Begins a new page unless so much fits on this one.</summary>
    public bool Room(double height)
    {
        if (Y + height <= Bottom) return true;
        NewPage();
        return false;
    }

    public double Measure(string text, Style style) => fonts[style.Face].Measure(text, style.Size);

    /// <summary>One line, cut where it is too long; <paramref name="place"/> 0: at the left of the width, .5: in its middle, 1: at its right.</summary>
    public void Write(string text, Style style, Ink ink, double x, double y, double width = Width, double place = 0)
    {
        var line = Cut(Text.Of(text), style, width);
        On.Text(fonts[style.Face], style.Face, style.Size, ink, x + (place * (width - Measure(line, style))), y, line);
    }

    private string Cut(string text, Style style, double width)
    {
        if (Measure(text, style) <= width) return text;
        var letters = StringInfo.ParseCombiningCharacters(text);
        var (fits, not) = (0, letters.Length);
        while (not - fits > 1)
        {
            var middle = (fits + not) / 2;
            if (Measure(text[..letters[middle]] + "…", style) <= width) fits = middle;
            else not = middle;
        }

        return (fits == 0 ? "" : text[..letters[fits]]) + "…";
    }

    public void Rule(double y, double from = Left) => On.Line(Ink.Line, .6, (from, y), (Right, y));

    /// <summary>A heading that stays with what follows it.</summary>
    public void Section(string heading, string hint, double follows)
    {
        if (Y > Top) Y += 14;
        Room(34 + follows);
        Write(heading, Heading, Ink.Black, Left, Y);
        Write(hint, Small, Ink.Muted, Left, Y + 15);
        Y += 30;
    }

    /// <summary>The finished file, with a foot on every page.</summary>
    public byte[] Finish(string foot)
    {
        foreach (var (page, n) in file.Pages.Select((p, n) => (p, n)))
        {
            On = page;
            Rule(806);
            Write(foot, Small, Ink.Muted, Left, 811, Width - 80);
            Write(string.Create(CultureInfo.InvariantCulture, $"Page {n + 1} of {file.Pages.Count}"), Small, Ink.Muted, Right - 80, 811, 80, 1);
        }

        return file.Write(fonts);
    }
}

/// <summary>Size in points, and whether bold.</summary>
internal sealed record Style(double Size, bool IsBold)
{
    public int Face => IsBold ? 1 : 0;
}
