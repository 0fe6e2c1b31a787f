using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>
/// Stores a new ticket with its first entry: one statement, one transaction, one round trip, because a desk's bad day begins with a thousand of
/// them at once. Nobody else can know the ticket yet, so there is nothing to lock and nothing to read back but what the database has made.
/// </summary>
public sealed class TicketOpening(NpgsqlDataSource data, LiveStream stream, Signals signals)
{
    private const string Insert =
        """
        with opened as (
            insert into tickets (id, subject, description, category, priority, status, customer_id, client_id, escalation_level, tags,
              created_at, updated_at, waiting_since, public_seq, staff_seq, version)
            values ($1, $2, $3, $4, $5, 'open', $6, $7, 0, '{}', $8, $8, $8, 1, 0, 1)
            on conflict (customer_id, client_id) do nothing
            returning id, number
        ), logged as (
            insert into timeline (ticket_id, feed, seq, id, kind, author_id, author_role, node)
            select id, 0, 1, $9, 'ticket_created', $10, $11, $12 from opened
            returning at
        )
        select opened.number, logged.at from opened, logged
        """;

    /// <summary>The ticket as stored; null when its customer has used this client id before.</summary>
    public async Task<TicketSnapshot?> Open(Ticket ticket, Actor customer, CancellationToken ct)
    {
        var entry = ticket.Recorded.Single();
        await using var command = data.CreateCommand(Insert);
        foreach (var value in (object[])[ticket.Id, ticket.Subject, ticket.Description, ticket.Category, (short)ticket.Priority, ticket.CustomerId]) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = (object?)ticket.ClientId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        foreach (var value in (object[])[ticket.CreatedAt, entry.Id, customer.Id, customer.Role, entry.Node]) command.Parameters.Add(new() { Value = value });
        long number;
        DateTimeOffset at;
        // Once it is on its way the caller's impatience must not decide: what commits is published.
        ct.ThrowIfCancellationRequested();
        await using (var row = await command.ExecuteReaderAsync(CancellationToken.None))
        {
            if (!await row.ReadAsync(CancellationToken.None)) return null;
            (number, at) = (row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1));
        }

        var opened = new TicketSnapshot(
            ticket.Id, number, ticket.Subject, ticket.Description, ticket.Category, ticket.Priority, ticket.Status, null, new PersonView(customer.Id, customer.DisplayName),
            null, null, null, null, null, [], ticket.CreatedAt, null, null, null, null, ticket.UpdatedAt, null, ticket.WaitingSince, ticket.PublicSeq, ticket.StaffSeq, ticket.Version);
        stream.Publish(new TicketChanged(opened, new EntryView(
            ticket.Id, Feed.Public, entry.Seq, entry.Id, entry.Kind, new AuthorView(customer.Id, customer.DisplayName, customer.Role), null, null, [], null, at)));
        signals.Hint();
        return opened;
    }
}
