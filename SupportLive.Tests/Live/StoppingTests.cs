using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>A node that is asked to end.</summary>
[Trait("Category", "Nodes")]
public sealed class StoppingTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_its_clients_to_come_again_elsewhere_and_ends_soon_even_when_one_does_not_listen()
    {
        var node = await TestNode.Start(await world.NewDatabase());
        var people = await People.Of(node);
        using var attentive = await Connect(node, people.Agent);
        using var deaf = await Connect(node, people.Customer);
        var since = Stopwatch.StartNew();

        var stopping = node.DisposeAsync().AsTask();

        Assert.Contains("""{"type":7,"allowReconnect":true}""", await ReadToEnd(attentive), StringComparison.Ordinal);
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(30), $"It took {since.Elapsed}.");
    }

    private static async Task<ClientWebSocket> Connect(TestNode node, Person person)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{node.Address.Authority}/hubs/support?access_token={person.Token}"), Ct);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, Ct);
        // One call and its answer: before that the connection may not have been let in yet, and is told nothing.
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"type\":1,\"invocationId\":\"1\",\"target\":\"leave\",\"arguments\":[\"\"]}\u001e"), WebSocketMessageType.Text, true, Ct);
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!text.ToString().Contains("\"type\":3", StringComparison.Ordinal))
            text.Append(Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Eventually.Deadline, Ct)).Count));
        return socket;
    }

    private static async Task<string> ReadToEnd(ClientWebSocket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Eventually.Deadline, Ct) is { MessageType: not WebSocketMessageType.Close } part)
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
        catch (WebSocketException)
        {
            // ended without a word; what came before counts
        }

        return text.ToString();
    }
}
