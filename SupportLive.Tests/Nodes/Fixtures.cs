using Xunit;

namespace SupportLive.Tests.Nodes;

/// <summary>A node and the demo's people.</summary>
public sealed class OneNode(World world) : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public World World => world;

    public async ValueTask InitializeAsync()
    {
        Node = await world.A;
        People = await People.Of(Node);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Two nodes that share a database, and the demo's people.</summary>
public sealed class TwoNodes(World world) : IAsyncLifetime
{
    public TestNode A { get; private set; } = null!;

    public TestNode B { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public World World => world;

    public TestNode Either(int n) => n % 2 == 0 ? A : B;

    public async ValueTask InitializeAsync()
    {
        (A, B) = (await world.A, await world.B);
        People = await People.Of(A);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A node with a database of its own: nobody else's doings get between.</summary>
public sealed class OwnNode(World world) : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await TestNode.Start(await world.NewDatabase());
        People = await People.Of(Node);
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
