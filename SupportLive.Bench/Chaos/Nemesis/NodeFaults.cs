using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>What happens to a node.</summary>
internal static class NodeFaults
{
    private const int ClockSeconds = 180;

    public static async Task<string> Kill(Scene scene, CancellationToken ct)
    {
        var node = scene.AnyNode();
        await node.End(Signal.Kill, ct);
        await Task.Delay(scene.Between(0.5, 3), ct);
        await node.Start(ct);
        return node.Name;
    }

    public static async Task<string> Freeze(Scene scene, CancellationToken ct)
    {
        var node = scene.AnyNode();
        node.Freeze(true);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(20), ct);
        }
        finally
        {
            node.Freeze(false);
        }

        return node.Name;
    }

    public static async Task<string> Terminate(Scene scene, CancellationToken ct)
    {
        var node = scene.AnyNode();
        var took = await node.End(Signal.Terminate, ct);
        await node.Start(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{node.Name} ended in {took.TotalSeconds:0.0} s");
    }

    /// <summary>Both nodes, one after the other, each only when the one before serves again: as a new version is rolled out.</summary>
    public static async Task<string> Roll(Scene scene, CancellationToken ct)
    {
        var begun = Moment.Now;
        foreach (var node in scene.Site.Nodes)
        {
            await node.End(Signal.Terminate, ct);
            await node.Start(ct);
            while (!await scene.Door.Ready(Array.IndexOf(scene.Site.Nodes, node))) await Task.Delay(50, ct);
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }

        var away = scene.Everyone.Clients.Where(c => c.Reader.Revoked is null)
            .SelectMany(c => c.Outages.All).Where(o => o.From > begun).Select(o => Moment.Between(o.From, o.To).TotalSeconds).DefaultIfEmpty().Max();
        return string.Create(CultureInfo.InvariantCulture, $"both, the longest that a client was without its hub: {away:0.0} s");
    }

    /// <summary>One node's clock runs three minutes ahead for a while.</summary>
    public static async Task<string> Clock(Scene scene, CancellationToken ct)
    {
        var node = scene.AnyNode();
        await node.End(Signal.Terminate, ct);
        await node.Start(ct, ClockSeconds);
        try
        {
            if (await ClockOf(node, ct) < ClockSeconds / 2) throw new Skipped("a node has no option for its clock (Clock__OffsetSeconds)");
            await Task.Delay(scene.Between(6, 9), ct);
        }
        finally
        {
            await node.End(Signal.Terminate, ct);
            await node.Start(ct);
        }

        return node.Name;
    }

    // Seconds ahead of ours, by the time in a token that it makes.
    private static async Task<long> ClockOf(WebNode node, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = node.Url, Timeout = TimeSpan.FromSeconds(10) };
        var person = new { email = $"clock-{Guid.NewGuid():N}@bench.test", password = "A-clock-that-is-wrong", displayName = "Clock" };
        using var registered = await http.PostAsJsonAsync("/api/auth/register", person, ct);
        using var entered = await http.PostAsJsonAsync("/api/auth/login", person, ct);
        var token = (await entered.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("accessToken").GetString()!;
        var claims = JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        return claims.GetProperty("iat").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }
}
