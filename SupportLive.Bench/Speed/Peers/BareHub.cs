using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SupportLive.Bench.Speed.Peers;

/// <summary>A SignalR hub that keeps nothing and asks nobody: what the transport alone can do. Same names as SupportLive's hub, so that the same generator drives it.</summary>
internal sealed class BareHub : Hub
{
    public static async Task<int> Serve(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        await using var app = builder.Build();
        app.MapHub<BareHub>("/hubs/support");
        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
        return 0;
    }

    [HubMethodName("join")]
    public async Task<BareAck> Join(string ticketId, int? after, int? staffAfter)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, ticketId);
        return new BareAck(after ?? staffAfter ?? 0);
    }

    [HubMethodName("message")]
    public async Task<BareAck> Message(BareMessage message)
    {
        await Clients.Group(message.TicketId).SendAsync("message", message);
        return new BareAck(0);
    }
}

internal sealed record BareMessage(string TicketId, string ClientId, string Body);

internal sealed record BareAck(int Seq);
