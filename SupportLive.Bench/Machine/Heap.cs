using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace SupportLive.Bench.Machine;

/// <summary>What a server's memory really holds: garbage that has not been collected yet would be counted otherwise.</summary>
internal static class Heap
{
    private const long Collect = 0x800000; // GCHeapCollect: a session that asks for it starts with a full collection

    /// <summary>Resident bytes after full collections, once the runtime has given back what it does not use.</summary>
    public static async Task<long> Settled(int pid)
    {
        var (last, now) = (long.MaxValue, long.MaxValue - 1);
        for (var i = 0; i < 8 && (i < 3 || now < last * 0.995); i++)
        {
            await CollectOnce(pid);
            (last, now) = (now, Cores.Memory(pid));
        }

        return now;
    }

    private static async Task CollectOnce(int pid)
    {
        var client = new DiagnosticsClient(pid);
        using var session = client.StartEventPipeSession([new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect)], requestRundown: false);
        var drained = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(500);
        await session.StopAsync(CancellationToken.None);
        await drained;
        await Task.Delay(700);
    }
}
