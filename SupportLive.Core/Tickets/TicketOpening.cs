using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>
/// Stores new tickets. A desk's bad day begins with a thousand of them at once, so those that come together share a statement and a commit
/// (<see cref="WriteLane{TWrite, T}"/>); each alone pays again for opening twelve indexes, two key checks and the disk.
/// </summary>
public sealed class TicketOpening(NpgsqlDataSource data, LiveStream stream, Signals signals, Meters meters, OutageLog outages, ILogger<TicketOpening> log) : BackgroundService
{
    private readonly OpeningLane lane = new(data, stream, signals, meters, outages, log);

    /// <summary>The ticket as stored. Refused as busy, and as <see cref="OpeningLane.KnownCode"/> when its customer has used this client id before.</summary>
    internal Task<Outcome<TicketSnapshot>> Open(Ticket ticket, Actor customer) => lane.Write(new PendingTicket(ticket, customer));

    // Not ended by the host's token: what has been taken in is written before the process ends.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => lane.Run();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        lane.Close();
        await base.StopAsync(cancellationToken);
    }
}

/// <summary>A new ticket on its way. Two with one client id never share a batch: the second is the first one's repetition.</summary>
internal sealed class PendingTicket(Ticket ticket, Actor customer) : PendingWrite<TicketSnapshot>
{
    public Ticket Ticket => ticket;

    public Actor Customer => customer;

    public TimelineEntry Entry { get; } = ticket.Recorded.Single();

    public override object? Key => ticket.ClientId is null ? null : (ticket.CustomerId, ticket.ClientId);
}
