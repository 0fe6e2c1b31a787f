using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed.Peers;

namespace SupportLive.Bench.Speed;

/// <summary>A server with its rooms full, ready to be driven.</summary>
internal sealed record Contestant(Uri Url, int Pid, Talker[] Talkers, Figures Seen) : IAsyncDisposable
{
    private const string SocketIoPlace = "SupportLive.Bench/peers/socketio";

    /// <summary>The customers in the rooms; only SupportLive knows people.</summary>
    public IReadOnlyList<Person> People { get; private init; } = [];

    public static async Task<Contestant> SupportLive(Stage stage, string server, int rooms, params (string Name, string Value)[] settings)
    {
        var (url, pid) = await stage.Serve(server, settings);
        var seen = new Figures();
        var opened = await Rooms.Open(new People(stage.Database, stage.Key, url), url, url, rooms, seen);
        return new(url, pid, opened.All(), seen) { People = opened.People };
    }

    public static async Task<Contestant> BareHub(Stage stage, int rooms)
    {
        var (url, pid) = await stage.ServeBareHub();
        return await Fill(url, pid, rooms, async (room, name, seen) => new HubTalker(await HubSocket.Open(url, "none"), room, name, seen));
    }

    public static async Task<Contestant> SocketIo(Stage stage, int rooms)
    {
        var (url, pid) = await stage.ServeSocketIo(SocketIoPlace);
        return await Fill(url, pid, rooms, async (room, name, seen) => await SocketIoTalker.Connect(url, room, name, seen));
    }

    private static async Task<Contestant> Fill(Uri url, int pid, int rooms, Func<Guid, string, Figures, Task<Talker>> enter)
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
        return new(url, pid, [.. talkers], seen);
    }

    public Task<Saturation> Saturate(TimeSpan during) => Tempo.Saturate(Talkers, during, Pid);

    public Task Warm() => Tempo.Warm(Saturate, Pid);

    public Task<Figures> AtRate(int perSecond, TimeSpan during) => Tempo.AtRate(Talkers, Seen, perSecond, during);

    public async ValueTask DisposeAsync()
    {
        foreach (var talker in Talkers) await talker.DisposeAsync();
    }
}
