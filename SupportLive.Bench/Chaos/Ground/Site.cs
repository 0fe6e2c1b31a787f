using System.Globalization;
using System.Security.Cryptography;

namespace SupportLive.Bench.Chaos.Ground;

/// <summary>Two nodes, one database, the lines between them, all in one folder; gone when disposed.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly string folder;

    private Site(string folder, Postgres database) => (this.folder, Database) = (folder, database);

    public Postgres Database { get; }

    public WebNode[] Nodes { get; private set; } = [];

    /// <summary>Lines in the logs of both nodes.</summary>
    public int Printed => Nodes.Sum(n => n.Printed);

    public SmallDisk? Disk { get; private set; }

    public string Key { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <param name="smallDisk">Whether the log shall live on a file system that can be made full.</param>
    public static async Task<Site> Open(string server, bool smallDisk, CancellationToken ct)
    {
        var made = Path.Combine("/tmp", string.Create(CultureInfo.InvariantCulture, $"supportlive-chaos-{Environment.ProcessId}"));
        Directory.CreateDirectory(made);
        Site? site = null;
        try
        {
            site = new Site(made, await Postgres.Start(made, ct));
            await site.Build(server, smallDisk, ct);
            return site;
        }
        catch
        {
            if (site is not null) await site.DisposeAsync();
            else Directory.Delete(made, recursive: true);
            throw;
        }
    }

    private async Task Build(string server, bool smallDisk, CancellationToken ct)
    {
        Nodes = [.. new[] { "A", "B" }.Select(name =>
        {
            var cable = new Cable(Database.Port);
            return new WebNode(name, Path.GetFullPath(server), Database.Address(cable.Port), Key, folder, cable);
        })];
        await Task.WhenAll(Nodes.Select(n => n.Start(ct))); // together on an empty database: one migrates, both serve
        if (smallDisk) Disk = await SmallDisk.Under(Path.Combine(folder, "small"), Database, ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
            await node.Cable.DisposeAsync();
        }

        await Database.DisposeAsync();
        Disk?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
