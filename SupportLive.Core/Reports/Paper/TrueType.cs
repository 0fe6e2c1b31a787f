using System.Buffers.Binary;

namespace SupportLive.Core.Reports.Paper;

/// <summary>A TrueType font file: which glyph stands for a letter, how wide it is, and the tables that a printed file needs.</summary>
internal sealed class TrueType
{
    private readonly byte[] file;
    private readonly Dictionary<string, (int Offset, int Length)> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ushort> glyphs = [];
    private readonly int metrics;

    public TrueType(byte[] file)
    {
        this.file = file;
        for (var n = 0; n < Short(4); n++)
        {
            var entry = 12 + (n * 16);
            tables[System.Text.Encoding.ASCII.GetString(file, entry, 4)] = (Long(entry + 8), Long(entry + 12));
        }

        Units = Short(At("head") + 18);
        Count = Short(At("maxp") + 4);
        metrics = Short(At("hhea") + 34);
        (Ascent, Descent) = (Em((short)Short(At("hhea") + 4)), Em((short)Short(At("hhea") + 6)));
        Box = [.. Enumerable.Range(0, 4).Select(n => (int)Em((short)Short(At("head") + 36 + (n * 2))))];
        ReadLetters();
    }

    /// <summary>Units of the font per em.</summary>
    public int Units { get; }

    /// <summary>How many glyphs there are.</summary>
    public int Count { get; }

    /// <summary>In thousandths of the size, as all measures here.</summary>
    public double Ascent { get; }

    public double Descent { get; }

    public int[] Box { get; }

    /// <summary>0: the font has no such letter.</summary>
    public ushort Glyph(int letter) => glyphs.GetValueOrDefault(letter);

    public double Width(ushort glyph) => Em(Short(At("hmtx") + (Math.Min(glyph, metrics - 1) * 4)));

    public bool Has(string table) => tables.ContainsKey(table);

    public ReadOnlySpan<byte> Table(string name) => file.AsSpan(tables[name].Offset, tables[name].Length);

    /// <summary>Where the drawing of a glyph stands in the table of drawings, and how long it is.</summary>
    public (int Offset, int Length) Drawing(int glyph)
    {
        var (loca, isLong) = (At("loca"), Short(At("head") + 50) == 1);
        var (from, to) = isLong ? (Long(loca + (glyph * 4)), Long(loca + (glyph * 4) + 4)) : (Short(loca + (glyph * 2)) * 2, Short(loca + (glyph * 2) + 2) * 2);
        return (from, to - from);
    }

    private double Em(int units) => units * 1000.0 / Units;

    private int At(string table) => tables[table].Offset;

    private ushort Short(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int Long(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));

    // Unicode tables of Windows: with all planes (format 12) before the one with the first (format 4).
    private void ReadLetters()
    {
        var cmap = At("cmap");
        var found = Enumerable.Range(0, Short(cmap + 2)).Select(n => cmap + 4 + (n * 8)).Select(e => (Platform: Short(e), At: cmap + Long(e + 4))).Where(e => e.Platform is 0 or 3).Select(e => (Format: Short(e.At), e.At)).ToArray();
        if (Array.Find(found, f => f.Format == 12) is { At: > 0 } all) ReadGroups(all.At);
        else if (Array.Find(found, f => f.Format == 4) is { At: > 0 } first) ReadSegments(first.At);
    }

    private void ReadGroups(int at)
    {
        for (var n = 0; n < Long(at + 12); n++)
        {
            var group = at + 16 + (n * 12);
            for (var letter = Long(group); letter <= Long(group + 4); letter++) glyphs[letter] = (ushort)(Long(group + 8) + letter - Long(group));
        }
    }

    private void ReadSegments(int at)
    {
        var twice = Short(at + 6);
        for (var n = 0; n < twice; n += 2)
        {
            var (last, first, delta, place) = (Short(at + 14 + n), Short(at + 16 + twice + n), Short(at + 16 + (2 * twice) + n), at + 16 + (3 * twice) + n);
            for (int letter = first; letter <= last && letter != 0xFFFF; letter++)
            {
                var glyph = Short(place) == 0 ? letter : Short(place + Short(place) + ((letter - first) * 2));
                if (glyph != 0) glyphs[letter] = (ushort)(glyph + delta);
            }
        }
    }
}
