using System.Diagnostics;
using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>Injects one fault after the other, and lets the system serve again between them.</summary>
internal sealed class Adversary(Scene scene, int seed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private readonly List<Blow> blows = [];
    private int probes;

    public IReadOnlyList<Blow> Blows => blows;

    public Dictionary<string, string> Skipped { get; } = new(StringComparer.Ordinal);

    public async Task Run(IReadOnlyList<string> chosen, TimeSpan during, CancellationToken ct)
    {
        var (since, number) = (Stopwatch.GetTimestamp(), 0);
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        foreach (var fault in Faults.Schedule(chosen, new Random(seed)))
        {
            if (Stopwatch.GetElapsedTime(since) >= during || chosen.All(Skipped.ContainsKey)) return;
            var dice = new Random(unchecked((seed * 31) + number++)); // its own dice: what one fault draws does not change the next
            if (!Skipped.ContainsKey(fault)) await Strike(fault, scene with { Random = dice }, ct);
        }
    }

    private async Task Strike(string fault, Scene here, CancellationToken ct)
    {
        var (begun, printed) = (Moment.Now, here.Site.Printed);
        string? detail = null;
        await Console.Error.WriteAsync($"{Moment.Seconds(begun)} s  {fault}: ");
        try
        {
            detail = await Faults.All[fault](here, ct);
        }
        catch (Skipped skipped)
        {
            Skipped[fault] = skipped.Message;
            await Console.Error.WriteLineAsync($"left out, {skipped.Message}");
        }

        var healed = Moment.Now;
        await Serving(ct);
        if (detail is not null)
        {
            blows.Add(new Blow(fault, detail, begun, healed, Moment.Now, here.Site.Printed - printed));
            await Console.Error.WriteLineAsync($"{detail}; served again after {Moment.Between(healed, Moment.Now).TotalSeconds:0.0} s");
        }

        await Task.Delay(here.Between(3, 5), ct);
    }

    /// <summary>Until both nodes say that they are ready, and store a message.</summary>
    public async Task Serving(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        for (var node = 0; node < scene.Door.Count; node++)
        {
            while (!await scene.Door.Ready(node) || !await Stores(node))
            {
                if (!scene.Site.Nodes[node].IsUp) await scene.Site.Nodes[node].Start(ct); // ended by itself, which is told at the end
                if (Stopwatch.GetElapsedTime(since) > Longest) throw new TimeoutException($"Node {scene.Site.Nodes[node].Name} does not serve {Longest.TotalSeconds:0} s after the fault was healed:\n{string.Join('\n', scene.Site.Nodes[node].Last(60))}");
                await Task.Delay(100, ct);
            }
        }
    }

    // Written down as unknown when it fails: the next attempt is another message.
    private async Task<bool> Stores(int node)
    {
        var (room, number) = (scene.Everyone.Probe, probes++);
        var probe = scene.Ledger.Invoke(Deed.Message, "probe", room.Customer.Person.Id, room.Ticket, $"probe-{number}", $"Probe {number}");
        var once = new Persistence(scene.Ledger, new CancellationToken(canceled: true));
        return (await once.Settle(probe, scene.Random, _ => scene.Door.Post(node, room.Customer.Person, $"/api/chats/{room.Ticket}/messages", new { body = probe.Body, clientId = probe.ClientId }))).IsOk;
    }
}
