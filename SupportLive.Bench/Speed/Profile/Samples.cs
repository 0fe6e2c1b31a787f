using System.Diagnostics;

namespace SupportLive.Bench.Speed.Profile;

/// <summary>Reads what perf recorded, sample after sample.</summary>
internal static class Samples
{
    public const string Idle = "idle";

    /// <summary>Innermost frames of the server that no rule knew, to see what "the rest" is.</summary>
    public static Dictionary<string, int> Unknown { get; } = new(StringComparer.Ordinal);

    private const string Server = "server";
    private const string Database = "database";

    // From the innermost frame outwards, the first that is known decides.
    private static readonly (string What, string[] Frames)[] InServer =
    [
        ("commit: talking to the database", ["unix_stream", "Npgsql"]),
        ("socket: kernel", ["tcp_", "sock_", "inet_", "__sys_sendmsg", "__sys_recvmsg", "sys_sendto", "sys_recvfrom", "epoll", "net_rx", "loopback_xmit"]),
        ("JSON", ["System.Text.Json", "Utf8Json", "JsonHubProtocol", "LenientProtocol", "HubProtocol"]),
        ("batch", ["MessageBatch", "WriterLane", "MessageWriter", "ChatActions"]),
        ("fan-out", ["LiveStream", "Subscription", "HubClient::", "HubClients", "SignalsOut", "LogFollower", "Signals"]),
        ("render", ["AspNetCore.Components", "LivePane", "TicketPane", "DeskPane", "ListPane", "ConversationState", "TicketListState"]),
        ("garbage collection", ["WKS::", "SVR::", "gc_heap", "GCHeap"]),
        ("socket: Kestrel, WebSockets, pipes", ["Kestrel", "WebSocket", "System.Net.Sockets", "Pipelines", "Http.Connections", "SocketAsyncEngine"]),
        ("hub", ["SignalR", "SupportHub"]),
        ("thread pool and waits", ["ThreadPool", "WorkStealing", "futex", "LowLevelLifo", "Monitor", "schedule"]),
    ];

    private static readonly (string What, string[] Frames)[] InDatabase =
    [
        ("commit: log and disk", ["fdatasync", "fsync", "XLog", "jbd2", "ext4", "pwrite", "vfs_write", "blk_"]),
        ("talking to the server", ["unix_stream", "sock_", "epoll", "sys_recvfrom", "sys_sendto"]),
        ("waiting, switching", ["schedule", "futex", "ep_poll"]),
    ];

    public static async Task<Dictionary<(string Where, string What), int>> Sort(string file, int server)
    {
        using var perf = Process.Start(new ProcessStartInfo("perf", ["script", "-i", file, "-F", "comm,pid,ip,sym"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        perf.ErrorDataReceived += (_, _) => { };
        perf.BeginErrorReadLine();
        var (counts, frames, head) = (new Dictionary<(string, string), int>(), new List<string>(), "");
        while (await perf.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Length == 0) Count();
            else if (head.Length == 0) head = line;
            else frames.Add(line);
        }

        Count();
        await perf.WaitForExitAsync();
        return counts;

        void Count()
        {
            if (head.Length == 0) return;
            var key = Place(head, frames, server);
            counts[key] = counts.GetValueOrDefault(key) + 1;
            frames.Clear();
            head = "";
        }
    }

    private static (string, string) Place(string head, List<string> frames, int server)
    {
        var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Any(w => w.StartsWith("swapper", StringComparison.Ordinal))) return ("", Idle);
        if (words.Contains(server.ToString(System.Globalization.CultureInfo.InvariantCulture))) return (Server, What(frames, InServer) ?? Rest(frames));
        return words[0].StartsWith("postgres", StringComparison.Ordinal) ? (Database, What(frames, InDatabase) ?? "executing") : ("others", "kernel threads and the bench");
    }

    private static string Rest(List<string> frames)
    {
        var name = frames is [{ } first, ..] ? first.Trim() : "no frames";
        name = name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        Unknown[name] = Unknown.GetValueOrDefault(name) + 1;
        return "the rest";
    }

    private static string? What(List<string> frames, (string What, string[] Frames)[] known)
    {
        foreach (var frame in frames)
        {
            foreach (var (what, names) in known)
            {
                if (names.Any(n => frame.Contains(n, StringComparison.Ordinal))) return what;
            }
        }

        return null;
    }
}
