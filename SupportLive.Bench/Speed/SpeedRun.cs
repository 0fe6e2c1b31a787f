using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Speed;

/// <summary>What one round measured. Rates per second, latencies in milliseconds, CPU in microseconds per message.</summary>
internal sealed record SpeedRun(double Pgbench, double SocketIo, double BareHub, double SupportLive, Latency AtRate, Latency AtHalf, double ServerCpu, double AllCpu, double SocketIoCpu, double CoreIdle, double HubCoreIdle)
{
    public double ToPgbench => SupportLive / Pgbench;

    public double ToSocketIo => SupportLive / SocketIo;

    public double ToBareHub => SupportLive / BareHub;

    public static async Task<SpeedRun> Measure(Stage stage, Contestant socketIo, Contestant hub, Contestant ours, int rate, TimeSpan during)
    {
        var pgbench = await stage.SingleRowInserts(during);
        var io = await socketIo.Saturate(during);
        var bare = await hub.Saturate(during);
        var full = await ours.Saturate(during);
        var atRate = await ours.AtRate(rate, during);
        var atHalf = await ours.AtRate((int)(full.PerSecond / 2), during);
        return new(Math.Round(pgbench), Math.Round(io.PerSecond), Math.Round(bare.PerSecond), Math.Round(full.PerSecond), Latency.Of(atRate), Latency.Of(atHalf),
            Each(full.Cpu, full), Each(full.Busy, full), Each(io.Busy, io), Math.Round(full.Idle.TotalSeconds, 2), Math.Round(bare.Idle.TotalSeconds, 2));
    }

    private static double Each(TimeSpan cpu, Saturation of) => Math.Round(cpu.TotalMicroseconds / of.Messages, 1);

    /// <summary>The median of each figure by itself.</summary>
    public static SpeedRun Median(IReadOnlyList<SpeedRun> runs)
    {
        double Of(Func<SpeedRun, double> figure) => Median(runs.Select(figure));
        return new(Of(r => r.Pgbench), Of(r => r.SocketIo), Of(r => r.BareHub), Of(r => r.SupportLive), Latency.Median([.. runs.Select(r => r.AtRate)]), Latency.Median([.. runs.Select(r => r.AtHalf)]),
            Of(r => r.ServerCpu), Of(r => r.AllCpu), Of(r => r.SocketIoCpu), Of(r => r.CoreIdle), Of(r => r.HubCoreIdle));
    }

    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>From sending to being seen by the other side, in milliseconds.</summary>
internal sealed record Latency(double P50, double P95, double P99, int Count)
{
    public static Latency Of(Figures figures) => new(figures.Percentile(.5), figures.Percentile(.95), figures.Percentile(.99), figures.Count);

    /// <summary>Of each percentile by itself.</summary>
    public static Latency Median(IReadOnlyList<Latency> runs) =>
        new(SpeedRun.Median(runs.Select(r => r.P50)), SpeedRun.Median(runs.Select(r => r.P95)), SpeedRun.Median(runs.Select(r => r.P99)), (int)SpeedRun.Median(runs.Select(r => (double)r.Count)));

    public override string ToString() => FormattableString.Invariant($"{P50:0.0} / {P95:0.0} / {P99:0.0}");
}
