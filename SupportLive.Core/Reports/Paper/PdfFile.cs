using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SupportLive.Core.Reports.Paper;

/// <summary>
/// Pages of drawings as a PDF 1.7 file: text in embedded fonts that can be searched and copied, lines and boxes as vectors. As much of the format as
/// reports need, and no more.
/// </summary>
internal sealed class PdfFile(string title)
{
    private readonly List<long> places = [];
    private readonly MemoryStream file = new();

    /// <summary>Of every page, in points: A4.</summary>
    public const double Width = 595, Height = 842;

    public List<PdfDrawing> Pages { get; } = [];

    public byte[] Write(IReadOnlyList<PdfFont> fonts)
    {
        Raw("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        // Numbers of objects: catalogue, list of pages, information, six per font, two per page.
        var (firstFont, firstPage) = (4, 4 + (fonts.Count * 6));
        Put("<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>");
        Put($"<< /Type /Pages /Count {Pages.Count} /Kids [{string.Join(' ', Pages.Select((_, n) => $"{firstPage + (n * 2)} 0 R"))}] >>");
        Put($"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> /Producer (SupportLive) >>");
        foreach (var (font, n) in fonts.Select((f, n) => (f, n))) Put(font, firstFont + (n * 6));
        var named = string.Concat(fonts.Select((_, n) => $"/F{n} {firstFont + (n * 6)} 0 R "));
        foreach (var (page, n) in Pages.Select((p, n) => (p, n)))
        {
            Put($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << {named}>> >> /Contents {firstPage + (n * 2) + 1} 0 R >>");
            Put("", Encoding.ASCII.GetBytes(page.ToString()));
        }

        var table = file.Length;
        Raw($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p:0000000000} 00000 n \n")))}trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private void Put(PdfFont font, int first)
    {
        var name = $"SLIVE{(char)('A' + (first % 26))}+Paper{first}";
        var face = font.Face;
        Put($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{first + 1} 0 R] /ToUnicode {first + 4} 0 R >>");
        Put($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity /FontDescriptor {first + 2} 0 R /W {first + 5} 0 R >>");
        Put($"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', face.Box)}] /ItalicAngle 0 /Ascent {PdfDrawing.N(face.Ascent)} /Descent {PdfDrawing.N(face.Descent)} /CapHeight {PdfDrawing.N(face.Ascent)} /StemV 80 /FontFile2 {first + 3} 0 R >>");
        var subset = FontSubset.Of(face, font.Used.Keys);
        Put($"/Length1 {subset.Length} ", subset);
        Put("", Encoding.ASCII.GetBytes(Letters(font)));
        Put($"[{string.Concat(font.Used.Keys.Order().Select(g => $"{g} [{PdfDrawing.N(face.Width(g))}] "))}]");
    }

    // Which letter a glyph stands for, so that text can be found and copied.
    private static string Letters(PdfFont font)
    {
        var lines = font.Used.OrderBy(u => u.Key).Select(u => $"<{u.Key:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(u.Value.ToString()))}>\n").ToArray();
        return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            + string.Concat(lines.Chunk(100).Select(part => $"{part.Length} beginbfchar\n{string.Concat(part)}endbfchar\n")) + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    }

    private void Put(string body)
    {
        places.Add(file.Length);
        Raw($"{places.Count} 0 obj\n{body}\nendobj\n");
    }

    private void Put(string more, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) pack.Write(content);
        places.Add(file.Length);
        Raw($"{places.Count} 0 obj\n<< {more}/Filter /FlateDecode /Length {packed.Length} >>\nstream\n");
        packed.WriteTo(file);
        Raw("\nendstream\nendobj\n");
    }

    private void Raw(string text) => file.Write(Encoding.Latin1.GetBytes(text));
}

/// <summary>One face of a font, and which of its glyphs were used, with the letter each stands for.</summary>
internal sealed record PdfFont(TrueType Face)
{
    public Dictionary<ushort, Rune> Used { get; } = [];

    public double Measure(string text, double size)
    {
        var sum = 0.0;
        foreach (var letter in text.EnumerateRunes()) sum += Face.Width(Face.Glyph(letter.Value));
        return sum * size / 1000;
    }
}
