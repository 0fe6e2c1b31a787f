using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed.Peers;

namespace SupportLive.Bench.Speed;

/// <summary>A server with its rooms full, ready to be driven.</summary>
internal sealed record Contestant(int Pid, Talker[] Talkers, Figures Seen) : IAsyncDisposable
{
    private const string SocketIoPlace = "SupportLive.Bench/peers/socketio";

    public static async Task<Contestant> SupportLive(Stage stage, string server, int rooms)
    {
        var (url, pid) = await stage.Serve(server);
        var seen = new Figures();
        return new(pid, (await Rooms.Open(new People(stage.Database, stage.Key, url), url, url, rooms, seen)).All(), seen);
    }

    public static async Task<Contestant> BareHub(Stage stage, int rooms)
    {
        var (url, pid) = await stage.ServeBareHub();
        return await Fill(pid, rooms, async (room, name, seen) => new HubTalker(await HubSocket.Open(url, "none"), room, name, seen));
    }

    public static async Task<Contestant> SocketIo(Stage stage, int rooms)
    {
        var (url, pid) = await stage.ServeSocketIo(SocketIoPlace);
        return await Fill(pid, rooms, async (room, name, seen) => await SocketIoTalker.Connect(url, room, name, seen));
    }

    private static async Task<Contestant> Fill(int pid, int rooms, Func<Guid, string, Figures, Task<Talker>> enter)
    {
        var seen = new Figures();
        var talkers = new List<Talker>();
        for (var i = 0; i < rooms; i++)
        {
            var room = Guid.NewGuid();
            talkers.Add(await enter(room, $"c{i}", seen));
            talkers.Add(await enter(room, $"a{i}", seen));
        }

        await Task.WhenAll(talkers.Select(t => t.Enter()));
        return new(pid, [.. talkers], seen);
    }

    public Task<Saturation> Saturate(TimeSpan during) => Tempo.Saturate(Talkers, during, Pid);

    public Task<Figures> AtRate(int perSecond, TimeSpan during) => Tempo.AtRate(Talkers, Seen, perSecond, during);

    public async ValueTask DisposeAsync()
    {
        foreach (var talker in Talkers) await talker.DisposeAsync();
    }
}
