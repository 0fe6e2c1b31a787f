using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SupportLive.Bench.Chaos.Ground;

/// <summary>One real server process, at an address that it keeps over its restarts.</summary>
internal sealed partial class WebNode(string name, string server, string database, string key, string folder, Cable cable) : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);

    private readonly Queue<string> lines = new();
    private readonly int port = Ports.Free();
    private Process? process;
    private volatile bool expected = true;

    public string Name => name;

    public Cable Cable => cable;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>Lines that the node has printed, over all its starts.</summary>
    public int Printed { get; private set; }

    /// <summary>How often it warned or failed, by the head of its log and what follows.</summary>
    public Dictionary<string, int> Complaints { get; } = new(StringComparer.Ordinal);

    /// <summary>Each time that it ended without having been asked to, or did not end when it was; with its last lines.</summary>
    public ConcurrentQueue<IReadOnlyList<string>> Crashes { get; } = [];

    public bool IsUp => process is { HasExited: false };

    private int Pid => process?.Id ?? throw new InvalidOperationException("Not started.");

    /// <summary>Starts the process and waits until it serves. A start that the database refuses is tried again.</summary>
    public async Task Start(CancellationToken ct, int clockSeconds = 0)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await StartOnce(clockSeconds, ct))
        {
            if (Stopwatch.GetElapsedTime(since) > StartTime) throw new TimeoutException($"Node {name} did not start:\n{string.Join('\n', Last(60))}");
            await Task.Delay(500, ct);
        }
    }

    private async Task<bool> StartOnce(int clockSeconds, CancellationToken ct)
    {
        process?.Dispose();
        var start = new ProcessStartInfo("dotnet", [server, "--urls", Url.ToString()])
        {
            WorkingDirectory = Path.GetDirectoryName(server)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__SupportLive"] = database;
        start.Environment["SUPPORTLIVE_DATA"] = Path.Combine(folder, name);
        start.Environment["Auth__SigningKey"] = key;
        start.Environment["Limits__Enabled"] = "false";
        start.Environment["Demo__Seed"] = "false";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // a killed process leaves its diagnostic pipes behind
        start.Environment["TMPDIR"] = folder;
        if (clockSeconds != 0) start.Environment["Clock__OffsetSeconds"] = clockSeconds.ToString(CultureInfo.InvariantCulture);
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new Process { StartInfo = start, EnableRaisingEvents = true };
        expected = false;
        started.OutputDataReceived += (_, e) => Hear(e.Data, ready);
        started.ErrorDataReceived += (_, e) => Hear(e.Data, ready);
        started.Exited += (_, _) =>
        {
            // One that never served is a failed start, and the caller's to judge.
            if (!ready.TrySetResult(false) && !expected) Crashes.Enqueue([$"{History.Moment.Seconds(History.Moment.Now)} exit code {started.ExitCode}", .. Last(60)]);
        };
        process = started;
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return await ready.Task.WaitAsync(StartTime, ct);
    }

    // One line of the console's log: level, time, who, what.
    [GeneratedRegex(@"^(?<level>warn|fail|crit): \S+ (?<who>\S+): (?<what>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Complaint();

    private void Hear(string? line, TaskCompletionSource<bool> ready)
    {
        if (line is null) return;
        lock (lines)
        {
            Printed++;
            if (Complaint().Match(line) is { Success: true } complaint)
            {
                var what = $"{complaint.Groups["level"]}: {complaint.Groups["who"]} {(line.Contains("Kestrel", StringComparison.Ordinal) ? "" : complaint.Groups["what"])}"; // its lines name connections
                what = what.Length > 240 ? what[..240] : what;
                Complaints[what] = Complaints.GetValueOrDefault(what) + 1;
            }

            lines.Enqueue($"{History.Moment.Seconds(History.Moment.Now)} {line}");
            if (lines.Count > 400) lines.Dequeue();
        }

        if (line.StartsWith("SupportLive is ready", StringComparison.Ordinal)) ready.TrySetResult(true);
    }

    public IReadOnlyList<string> Last(int count)
    {
        lock (lines) return [.. lines.TakeLast(count)];
    }

    /// <summary>Freezes or wakes the process.</summary>
    public void Freeze(bool frozen)
    {
        if (IsUp) Signal.Send(Pid, frozen ? Signal.Stop : Signal.Continue);
    }

    /// <summary>Sends a signal that ends the process and waits for that; how long it took.</summary>
    public async Task<TimeSpan> End(int signal, CancellationToken ct)
    {
        expected = true;
        var since = Stopwatch.GetTimestamp();
        if (IsUp) Signal.Send(Pid, signal);
        try
        {
            await process!.WaitForExitAsync(ct).WaitAsync(TimeSpan.FromSeconds(60), ct);
        }
        catch (TimeoutException)
        {
            Crashes.Enqueue([$"Node {name} did not end within 60 s of signal {signal}.", .. Last(60)]);
            Signal.Send(Pid, Signal.Kill);
            await process!.WaitForExitAsync(ct);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    public async ValueTask DisposeAsync()
    {
        expected = true;
        if (process is null) return;
        if (!process.HasExited)
        {
            Signal.Send(process.Id, Signal.Kill);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
