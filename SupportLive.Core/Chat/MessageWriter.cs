using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>
/// The hot path: callers enqueue and wait, and share round trips and commits (<see cref="WriteLane{TWrite, T}"/>).
/// </summary>
public sealed class MessageWriter(NpgsqlDataSource database, LiveStream stream, Signals signals, Node node, Meters meters, OutageLog outages, ILogger<MessageWriter> log) : BackgroundService
{
    private readonly WriterLane lane = new(database, stream, signals, node, meters, outages, log);

    /// <summary>
    /// Refused as busy when too much waits already, or the database does not answer. Then it is unknown whether the message was
    /// stored, and a retry with the same client id finds out.
    /// </summary>
    public Task<Outcome<Ack>> Write(Actor actor, NewMessage message) => lane.Write(new PendingMessage(actor, message));

    // Not ended by the host's token: what has been taken in is written before the process ends.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => lane.Run();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        lane.Close();
        await base.StopAsync(cancellationToken);
    }
}

/// <summary>A message on its way through the writer. Two with one client id never share a batch.</summary>
internal sealed class PendingMessage(Actor actor, NewMessage message) : PendingWrite<Ack>
{
    public Actor Actor => actor;

    public NewMessage Message => message;

    public Feed Feed => message.Internal ? Feed.Staff : Feed.Public;

    public override object Key => (message.TicketId, actor.Id, message.ClientId!);
}

/// <summary>What became of one message of a batch; nothing yet when <paramref name="Outcome"/> is null.</summary>
internal readonly record struct BatchAnswer(Outcome<Ack>? Outcome, MessagePosted? Posted);
