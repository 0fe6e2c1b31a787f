using System.Buffers.Binary;
using System.Text;

namespace SupportLive.Core.Reports.Paper;

/// <summary>A font file that has drawings of the used glyphs alone; all keep their numbers, so nothing else changes.</summary>
internal static class FontSubset
{
    public static byte[] Of(TrueType font, IEnumerable<ushort> used)
    {
        var wanted = WithParts(font, used);
        using var drawings = new MemoryStream();
        var places = new byte[(font.Count + 1) * 4];
        for (var glyph = 0; glyph < font.Count; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(glyph * 4), (int)drawings.Length);
            if (!wanted.Contains(glyph)) continue;
            drawings.Write(Drawing(font, glyph));
            while (drawings.Length % 4 != 0) drawings.WriteByte(0);
        }

        BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(font.Count * 4), (int)drawings.Length);
        var head = font.Table("head").ToArray();
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1); // places are four bytes long
        return Put(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = drawings.ToArray(),
            ["head"] = head,
            ["loca"] = places,
        }, font);
    }

    private static ReadOnlySpan<byte> Drawing(TrueType font, int glyph) => font.Drawing(glyph) is var (at, length) && length > 0 ? font.Table("glyf").Slice(at, length) : [];

    // A glyph may be made of others.
    private static HashSet<int> WithParts(TrueType font, IEnumerable<ushort> used)
    {
        var all = new HashSet<int> { 0 };
        var open = new Stack<int>(used.Select(g => (int)g));
        while (open.TryPop(out var glyph))
        {
            if (glyph >= font.Count || !all.Add(glyph)) continue;
            var drawing = Drawing(font, glyph);
            if (drawing.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(drawing) >= 0) continue;
            for (int at = 10, flags = 0x20; (flags & 0x20) != 0;)
            {
                flags = BinaryPrimitives.ReadUInt16BigEndian(drawing[at..]);
                open.Push(BinaryPrimitives.ReadUInt16BigEndian(drawing[(at + 2)..]));
                at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
            }
        }

        return all;
    }

    private static byte[] Put(SortedDictionary<string, byte[]> tables, TrueType font)
    {
        foreach (var kept in (string[])["hhea", "maxp", "hmtx", "cvt ", "fpgm", "prep"])
            if (font.Has(kept)) tables[kept] = font.Table(kept).ToArray();
        var steps = (int)Math.Floor(Math.Log2(tables.Count));
        using var file = new MemoryStream();
        var directory = new byte[12 + (tables.Count * 16)];
        BinaryPrimitives.WriteInt32BigEndian(directory, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(6), (ushort)(16 << steps));
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(8), (ushort)steps);
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(10), (ushort)((tables.Count * 16) - (16 << steps)));
        file.Write(directory);
        foreach (var ((name, table), n) in tables.Select((t, n) => (t, n)))
        {
            var entry = directory.AsSpan(12 + (n * 16));
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(table));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], (int)file.Length);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], table.Length);
            file.Write(table);
            while (file.Length % 4 != 0) file.WriteByte(0);
        }

        file.Position = 0;
        file.Write(directory);
        return file.ToArray();
    }

    private static uint Sum(byte[] table)
    {
        uint sum = 0;
        for (var n = 0; n < table.Length; n++) sum += (uint)table[n] << (24 - (n % 4 * 8));
        return sum;
    }
}
