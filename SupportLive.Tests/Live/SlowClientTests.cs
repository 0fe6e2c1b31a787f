using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

public sealed class SlowClientTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_does_not_read_is_cut_and_holds_up_nobody()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        using var deaf = await Connect(desk.People.Manager);
        await Send(deaf, """{"type":1,"invocationId":"1","target":"join","arguments":["TICKET"]}""".Replace("TICKET", $"{ticket}", StringComparison.Ordinal));
        await using var attentive = await desk.Node.Connect(desk.People.OtherAgent);
        await attentive.Join(ticket);
        var (text, since) = (new string('x', 7_900), Stopwatch.StartNew());

        const int Messages = 2_500; // more than its queue and both socket buffers hold
        for (var sent = 0; sent < Messages; sent += 50)
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => desk.Node.Say(desk.People.Customer, ticket, text)))) answer.Must(HttpStatusCode.Created);

        await attentive.Hear("message", p => p["seq"]!.GetValue<int>() == Messages + 2);
        Assert.Equal(Messages, attentive.Events.Count(e => e.Name == "message"));
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), $"It took {since.Elapsed}.");
        Assert.True(await IsCut(deaf), "A connection that does not read is cut.");
    }

    private async Task<ClientWebSocket> Connect(Person person)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{desk.Node.Address.Authority}/hubs/support?access_token={person.Token}"), Ct);
        await Send(socket, """{"protocol":"json","version":1}""");
        return socket;
    }

    private static Task Send(ClientWebSocket socket, string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame + "\u001e"), WebSocketMessageType.Text, true, Ct);

    // What is left in the buffers comes first, then the end.
    private static async Task<bool> IsCut(ClientWebSocket socket)
    {
        var buffer = new byte[65_536];
        try
        {
            for (var read = 0; read < 2_600; read++)
            {
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Eventually.Deadline, Ct);
                    if (part.MessageType == WebSocketMessageType.Close) return true;
                }
                while (!part.EndOfMessage);
            }

            return false;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }
}
