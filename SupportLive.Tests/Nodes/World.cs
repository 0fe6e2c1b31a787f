using SupportLive.Tests.Nodes;
using Xunit;

[assembly: AssemblyFixture(typeof(World))]

namespace SupportLive.Tests.Nodes;

/// <summary>What all tests of a run share. Nothing of it is started before somebody needs it.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly Lazy<Task<Postgres>> postgres = new(Postgres.Start);
    private readonly Lazy<Task<string>> database;
    private readonly Lazy<Task<TestNode>> a;
    private readonly Lazy<Task<TestNode>> b;

    public World()
    {
        database = new(async () => await NewDatabase());
        a = new(async () => await TestNode.Start(await database.Value));
        b = new(async () =>
        {
            await a.Value; // it migrates and seeds
            return await TestNode.Start(await database.Value);
        });
    }

    /// <summary>Two nodes on one database, the first of which is enough for most tests.</summary>
    public Task<TestNode> A => a.Value;

    public Task<TestNode> B => b.Value;

    public async Task<string> NewDatabase() => await (await postgres.Value).Database();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in new[] { a, b })
            if (node.IsValueCreated) await (await node.Value).DisposeAsync();
        if (postgres.IsValueCreated) await (await postgres.Value).DisposeAsync();
    }
}
