using Npgsql;
using NpgsqlTypes;

namespace SupportLive.Bench.Scale;

/// <summary>Tickets, their log and who has read what, written with COPY over two connections at once.</summary>
internal sealed class SeedRows : IDisposable
{
    private readonly NpgsqlConnection second;
    private readonly NpgsqlBinaryImporter tickets;
    private readonly NpgsqlBinaryImporter log;
    private readonly Guid node = Guid.NewGuid();
    private readonly List<(Guid Ticket, Guid Account, int Seq, DateTimeOffset At)> marks = [];

    public SeedRows(NpgsqlConnection first, NpgsqlConnection second)
    {
        this.second = second;
        tickets = first.BeginBinaryImport(
            """
            copy tickets (id, number, subject, description, category, priority, status, customer_id, assignee_id, escalation_level, escalated_at, escalation_reason,
              rejection_reason, rating, tags, ended_by_id, created_at, accepted_at, first_response_at, resolved_at, rejected_at, closed_at, updated_at, last_message_at,
              waiting_since, public_seq, staff_seq, version) from stdin (format binary)
            """);
        log = second.BeginBinaryImport("copy timeline (ticket_id, feed, seq, id, kind, author_id, author_role, client_id, body, data, after, at, node) from stdin (format binary)");
    }

    public int Messages { get; private set; }

    public void Write(SeedTicket t)
    {
        tickets.StartRow();
        tickets.Write(t.Id);
        tickets.Write(t.Number);
        tickets.Write(t.Subject);
        tickets.Write(t.Description);
        tickets.Write(t.Category);
        tickets.Write((short)t.Priority);
        tickets.Write(SnakeCase(t.Status.ToString()));
        tickets.Write(t.Customer);
        Maybe(tickets, t.Assignee);
        tickets.Write(t.EscalatedAt is null ? 0 : 1);
        Time(tickets, t.EscalatedAt);
        Maybe(tickets, t.EscalatedAt is null ? null : "Several customers are affected.");
        Maybe(tickets, t.RejectedAt is null ? null : "We cannot help with this product.");
        Maybe(tickets, t.Rating);
        tickets.Write(t.Tags, NpgsqlDbType.Array | NpgsqlDbType.Text);
        Maybe(tickets, t.EndedBy);
        foreach (var at in (DateTimeOffset?[])[t.CreatedAt, t.AcceptedAt, t.FirstResponseAt, t.ResolvedAt, t.RejectedAt, t.ClosedAt, t.UpdatedAt, t.LastMessageAt, t.WaitingSince]) Time(tickets, at);
        tickets.Write(t.PublicSeq);
        tickets.Write(t.StaffSeq);
        tickets.Write(t.Version);
        foreach (var entry in t.Entries) Write(t.Id, entry);
        // Nearly everybody has read everything; of what is alive, some have not.
        foreach (var reader in (Guid?[])[t.Customer, t.Assignee])
            if (reader is { } account) marks.Add((t.Id, account, Math.Max(0, t.PublicSeq - (t.ClosedAt is null ? t.PublicSeq % 4 : 0)), t.UpdatedAt));
    }

    private static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void Write(Guid ticket, SeedEntry entry)
    {
        if (entry.Body is not null) Messages++;
        log.StartRow();
        log.Write(ticket);
        log.Write((short)entry.Feed);
        log.Write(entry.Seq);
        log.Write(Guid.CreateVersion7(entry.At));
        log.Write(entry.Kind);
        log.Write(entry.Author);
        log.Write(entry.Role);
        Maybe(log, entry.ClientId);
        Maybe(log, entry.Body);
        if (entry.Data is null) log.WriteNull();
        else log.Write(entry.Data, NpgsqlDbType.Jsonb);
        Maybe(log, entry.After);
        Time(log, entry.At);
        log.Write(node);
    }

    private static void Maybe<T>(NpgsqlBinaryImporter rows, T? value)
    {
        if (value is null) rows.WriteNull();
        else rows.Write(value);
    }

    private static void Time(NpgsqlBinaryImporter rows, DateTimeOffset? at)
    {
        if (at is { } time) rows.Write(time.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        else rows.WriteNull();
    }

    public void Complete()
    {
        tickets.Complete();
        log.Complete();
        tickets.Dispose();
        log.Dispose();
        using var read = second.BeginBinaryImport("copy read_marks (ticket_id, account_id, seq, at) from stdin (format binary)");
        foreach (var (ticket, account, seq, at) in marks)
        {
            read.StartRow();
            read.Write(ticket);
            read.Write(account);
            read.Write(seq);
            Time(read, at);
        }

        read.Complete();
    }

    public void Dispose()
    {
        tickets.Dispose();
        log.Dispose();
    }
}
