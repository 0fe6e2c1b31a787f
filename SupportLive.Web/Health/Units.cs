using System.Globalization;

namespace SupportLive.Web.Health;

/// <summary>Figures as people read them.</summary>
internal static class Units
{
    public static string Ms(double? ms) => ms switch
    {
        null => "–",
        < 1 => $"{Number(Math.Round(ms.Value, 2))} ms",
        < 10 => $"{Number(Math.Round(ms.Value, 1))} ms",
        < 10_000 => $"{Number(Math.Round(ms.Value))} ms",
        _ => $"{Number(Math.Round(ms.Value / 1000, 1))} s",
    };

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => $"{Number(Math.Round(bytes / 1e9, 1))} GB",
        >= 1_000_000 => $"{Number(Math.Round(bytes / 1e6, bytes < 10_000_000 ? 1 : 0))} MB",
        _ => $"{Number(Math.Ceiling(bytes / 1e3))} kB",
    };

    public static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A word of a program, such as <c>server_sent_events</c>.</summary>
    public static string Words(string name) => name switch
    {
        "websockets" => "WebSockets",
        "server_sent_events" => "Server-sent events",
        "long_polling" => "Long polling",
        { Length: > 0 } => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '),
        _ => name,
    };
}
