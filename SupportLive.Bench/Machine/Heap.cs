using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace SupportLive.Bench.Machine;

/// <summary>What a server's memory really holds: garbage that has not been collected yet would be counted otherwise.</summary>
internal static class Heap
{
    private const long Collect = 0x800000; // GCHeapCollect: a session that asks for it starts with a full collection

    /// <summary>Resident bytes after a full collection and a pause in which the runtime gives back what it does not use.</summary>
    public static async Task<long> Settled(int pid)
    {
        for (var i = 0; i < 2; i++)
        {
            var client = new DiagnosticsClient(pid);
            using var session = client.StartEventPipeSession([new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect)], requestRundown: false);
            var drained = session.EventStream.CopyToAsync(Stream.Null);
            await Task.Delay(1000);
            await session.StopAsync(CancellationToken.None);
            await drained;
        }

        await Task.Delay(2000);
        return Cores.Memory(pid);
    }
}
