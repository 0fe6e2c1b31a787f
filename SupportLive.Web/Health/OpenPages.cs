using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace SupportLive.Web.Health;

/// <summary>
/// The pages that are open and connected on this node. The framework's own counter of circuits goes down also for those that were never
/// opened (a page that is left while it loads), and drifts below nothing.
/// </summary>
public sealed class OpenPages : CircuitHandler
{
    private readonly ConcurrentDictionary<string, bool> open = new(StringComparer.Ordinal);

    public int Count => open.Count;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        open.TryAdd(circuit.Id, true);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        open.TryRemove(circuit.Id, out _);
        return Task.CompletedTask;
    }
}
