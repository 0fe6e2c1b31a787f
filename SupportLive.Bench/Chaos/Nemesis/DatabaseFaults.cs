using System.Globalization;
using SupportLive.Bench.Chaos.Ground;

namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>What happens to PostgreSQL, and to the way there.</summary>
internal static class DatabaseFaults
{
    public static Task<string> Fast(Scene scene, CancellationToken ct) => Restart(scene, Signal.Interrupt, ct);

    public static Task<string> Immediate(Scene scene, CancellationToken ct) => Restart(scene, Signal.Quit, ct);

    public static Task<string> Kill(Scene scene, CancellationToken ct) => Restart(scene, Signal.Kill, ct);

    private static async Task<string> Restart(Scene scene, int signal, CancellationToken ct)
    {
        var pause = scene.Between(0, 4);
        await scene.Site.Database.Down(signal, ct);
        await Task.Delay(pause, ct);
        await scene.Site.Database.Up(ct);
        return string.Create(CultureInfo.InvariantCulture, $"down {pause.TotalSeconds:0.0} s");
    }

    /// <summary>Ends the sessions on which the nodes hear of each other.</summary>
    public static async Task<string> EndListeners(Scene scene, CancellationToken ct) =>
        await scene.Site.Database.Ask("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'supportlive-follower'", ct) + " sessions";

    /// <summary>Between one node and PostgreSQL nothing passes, and nothing says so.</summary>
    public static async Task<string> BlackHole(Scene scene, CancellationToken ct)
    {
        var (node, reset) = (scene.AnyNode(), scene.Random.Next(2) == 0);
        node.Cable.Hole();
        try
        {
            await Task.Delay(scene.Between(8, 14), ct);
        }
        finally
        {
            node.Cable.Heal(reset);
        }

        return $"{node.Name}, then {(reset ? "reset" : "everything late")}";
    }

    public static async Task<string> Full(Scene scene, CancellationToken ct)
    {
        if (scene.Site.Disk is not { } disk) throw new Skipped("this process may not mount a small file system");
        if (!disk.Fill()) throw new Skipped("the small file system cannot be resized here");
        try
        {
            await Task.Delay(scene.Between(4, 7), ct);
        }
        finally
        {
            disk.MakeRoom();
        }

        return "no room for the log";
    }
}
