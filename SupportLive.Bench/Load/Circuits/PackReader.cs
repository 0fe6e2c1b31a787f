using System.Buffers.Binary;
using System.Text;

namespace SupportLive.Bench.Load.Circuits;

/// <summary>Reads what a circuit sends, value after value.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>The length of the next frame, and of the prefix that says it; false while the prefix is not whole.</summary>
    public static bool Frame(ReadOnlySpan<byte> bytes, out int prefix, out int length)
    {
        length = 0;
        for (prefix = 0; prefix < Math.Min(bytes.Length, 5);)
        {
            length |= (bytes[prefix] & 0x7f) << (7 * prefix);
            if ((bytes[prefix++] & 0x80) == 0) return true;
        }

        return false;
    }

    public int Array()
    {
        var head = Byte();
        return head switch
        {
            >= 0x90 and <= 0x9f => head & 0x0f,
            0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            _ => throw new FormatException($"Not an array: {head:x2}"),
        };
    }

    public long Number()
    {
        var head = Byte();
        return head switch
        {
            <= 0x7f => head,
            >= 0xe0 => (sbyte)head,
            0xcc => Byte(),
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xcf or 0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            0xd0 => (sbyte)Byte(),
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            _ => throw new FormatException($"Not a number: {head:x2}"),
        };
    }

    public string? Text() => rest[0] == 0xc0 && Byte() == 0xc0 ? null : Encoding.UTF8.GetString(Bytes());

    /// <summary>A text or a block of bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var head = Byte();
        return Take(head switch
        {
            >= 0xa0 and <= 0xbf => head & 0x1f,
            0xd9 or 0xc4 => Byte(),
            0xda or 0xc5 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xdb or 0xc6 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            _ => throw new FormatException($"Neither text nor bytes: {head:x2}"),
        });
    }

    /// <summary>Headers, which are empty.</summary>
    public void EmptyMap()
    {
        if (Byte() is not 0x80 and var head) throw new FormatException($"Not an empty map: {head:x2}");
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
