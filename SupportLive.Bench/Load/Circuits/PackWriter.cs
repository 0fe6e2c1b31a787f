using System.Buffers.Binary;
using System.Text;

namespace SupportLive.Bench.Load.Circuits;

/// <summary>As much of MessagePack as calls to a circuit need, with the length in front that SignalR's binary frames have.</summary>
internal sealed class PackWriter
{
    private readonly MemoryStream bytes = new();

    /// <summary>A call that nobody answers (<paramref name="id"/> null) or one that is answered under its id.</summary>
    public static byte[] Call(string? id, string target, params object?[] arguments)
    {
        var pack = new PackWriter();
        pack.Array(6);
        pack.Write(1);
        pack.bytes.WriteByte(0x80); // no headers
        pack.Write(id);
        pack.Write(target);
        pack.Array(arguments.Length);
        foreach (var argument in arguments) pack.Write(argument);
        pack.Array(0);
        return pack.Framed();
    }

    public static byte[] Ping { get; } = [2, 0x91, 6];

    private void Array(int length) => bytes.WriteByte((byte)(0x90 | length));

    private void Write(object? value)
    {
        Span<byte> eight = stackalloc byte[8];
        switch (value)
        {
            case null:
                bytes.WriteByte(0xc0);
                return;
            case bool truth:
                bytes.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                return;
            case int or long:
                BinaryPrimitives.WriteInt64BigEndian(eight, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                bytes.WriteByte(0xd3);
                bytes.Write(eight);
                return;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32BigEndian(eight, utf8.Length);
                bytes.WriteByte(0xdb);
                bytes.Write(eight[..4]);
                bytes.Write(utf8);
                return;
            default:
                throw new NotSupportedException($"{value.GetType()}");
        }
    }

    private byte[] Framed()
    {
        var (length, head) = ((int)bytes.Length, new List<byte>());
        for (; length > 0x7f; length >>= 7) head.Add((byte)(length | 0x80));
        head.Add((byte)length);
        return [.. head, .. bytes.ToArray()];
    }
}
