using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>The lane of new tickets: one statement for all that have come together. Nobody else can know them yet, so there is nothing to lock.</summary>
internal sealed class OpeningLane(NpgsqlDataSource data, LiveStream stream, Signals signals, Meters meters, OutageLog outages, ILogger log) : WriteLane<PendingTicket, TicketSnapshot>("tickets", data, meters, outages, log)
{
    /// <summary>The customer has opened a ticket with this client id before: the caller looks which.</summary>
    public const string KnownCode = "known";

    // Numbers are given in the order in which the tickets came; one of a known client id leaves a gap, as one that failed always did.
    private const string Insert =
        """
        with asked as materialized (
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::uuid[], $7::text[], $8::timestamptz[], $9::uuid[], $10::text[], $11::uuid[])
              with ordinality i(id, subject, description, category, priority, customer_id, client_id, at, entry_id, role, node, n)
        ), opened as (
            insert into tickets (id, subject, description, category, priority, status, customer_id, client_id, escalation_level, tags,
              created_at, updated_at, waiting_since, public_seq, staff_seq, version)
            select id, subject, description, category, priority, 'open', customer_id, client_id, 0, '{}', at, at, at, 1, 0, 1 from asked order by n
            on conflict (customer_id, client_id) do nothing
            returning id, number
        ), logged as (
            insert into timeline (ticket_id, feed, seq, id, kind, author_id, author_role, node)
            select a.id, 0, 1, a.entry_id, 'ticket_created', a.customer_id, a.role, a.node from asked a join opened o on o.id = a.id order by a.n
            returning ticket_id, at
        )
        select a.n::int - 1, o.number, l.at from asked a join opened o on o.id = a.id join logged l on l.ticket_id = a.id order by a.n
        """;

    protected override async Task<List<PendingTicket>> Write(NpgsqlConnection session, List<PendingTicket> pending)
    {
        var since = Stopwatch.GetTimestamp();
        var stored = await Store(session, pending);
        Wrote(pending.Count, since);
        foreach (var one in stored) stream.Publish(one);
        if (stored.Count > 0)
        {
            Counts.Moved(Wire.TicketCreated, stored.Count);
            signals.Hint();
        }

        var numbered = stored.ToDictionary(s => s.Ticket.Id, s => s.Ticket);
        foreach (var p in pending) p.Settle(numbered.TryGetValue(p.Ticket.Id, out var ticket) ? ticket : new Refusal(RefusalKind.Conflict, KnownCode, ""));
        return [];
    }

    private static async Task<List<TicketChanged>> Store(NpgsqlConnection session, List<PendingTicket> pending)
    {
        await using var command = new NpgsqlCommand(Insert, session) { CommandTimeout = 10 };
        Column(p => p.Ticket.Id, NpgsqlDbType.Uuid);
        Column(p => p.Ticket.Subject, NpgsqlDbType.Text);
        Column(p => p.Ticket.Description, NpgsqlDbType.Text);
        Column(p => p.Ticket.Category, NpgsqlDbType.Text);
        Column(p => (short)p.Ticket.Priority, NpgsqlDbType.Smallint);
        Column(p => p.Ticket.CustomerId, NpgsqlDbType.Uuid);
        Column(p => p.Ticket.ClientId, NpgsqlDbType.Text);
        Column(p => p.Ticket.CreatedAt, NpgsqlDbType.TimestampTz);
        Column(p => p.Entry.Id, NpgsqlDbType.Uuid);
        Column(p => p.Customer.Role, NpgsqlDbType.Text);
        Column(p => p.Entry.Node, NpgsqlDbType.Uuid);
        var stored = new List<TicketChanged>(pending.Count);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync()) stored.Add(Opened(pending[row.GetInt32(0)], row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2)));
        return stored;

        void Column<T>(Func<PendingTicket, T> of, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. pending.Select(of)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static TicketChanged Opened(PendingTicket pending, long number, DateTimeOffset at)
    {
        var (t, entry, customer) = (pending.Ticket, pending.Entry, pending.Customer);
        var opened = new TicketSnapshot(
            t.Id, number, t.Subject, t.Description, t.Category, t.Priority, t.Status, null, new PersonView(customer.Id, customer.DisplayName),
            null, null, null, null, null, [], t.CreatedAt, null, null, null, null, t.UpdatedAt, null, t.WaitingSince, t.PublicSeq, t.StaffSeq, t.Version);
        return new TicketChanged(opened, new EntryView(t.Id, Feed.Public, entry.Seq, entry.Id, entry.Kind, new AuthorView(customer.Id, customer.DisplayName, customer.Role), null, null, [], null, at));
    }
}
