using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Core.Tickets;

/// <summary>
/// The SQL of one list: made for its filters and its order, because one statement for all of them has one plan for all of them. Words out
/// of our own enums stand in the text, so that the planner knows how rare they are; what people type is always a parameter.
/// </summary>
/// <remarks>
/// Three ways, so that no list costs more when the table grows:
/// what is alive, or one customer's, is few: fetched by a small index and sorted; everything else is walked in the order of an index, from the
/// cursor on, until the page is full; rare filters (escalated, nobody's, a tag, letters of the subject) have indexes of their own.
/// The columns that move with every message (waiting_since, last_message_at, the counters) are in no index, because an index on any of them makes
/// each message touch all indexes of its ticket. Only live tickets wait, so the order by waiting sorts those, and all others follow by number.
/// </remarks>
internal sealed class TicketSelect
{
    /// <summary>How many rows are looked through for text before the index of its letters is asked.</summary>
    private const int Window = 3000;

    private const string Never = "timestamptz '9999-01-01 00:00:00+00'";
    private const string Waiting = "(t.status in ('open', 'in_progress') and t.waiting_since is not null)";
    private const string Columns = "t.id, t.number, t.priority, t.created_at, t.updated_at, t.subject, (-t.priority) as turn, case when t.status in ('open', 'in_progress') then coalesce(t.waiting_since, " + Never + ") else " + Never + " end as waits";

    private static readonly TicketStatus[] Live = [TicketStatus.Open, TicketStatus.InProgress, TicketStatus.Resolved];
    private static readonly TicketStatus[] MayWait = [TicketStatus.Open, TicketStatus.InProgress];

    private readonly List<NpgsqlParameter> parameters = [];
    private readonly TicketFilter filter;
    private readonly string where;
    private readonly string? after;
    private readonly bool few;
    private readonly string? behindNumber;
    private string text = "";

    private TicketSelect(Actor actor, TicketFilter filter, TicketCursor? cursor)
    {
        this.filter = filter;
        few = !actor.IsStaff || filter.OfferedTo is not null || (filter.Status.Count > 0 && filter.Status.All(Live.Contains)) || IsSortedAnyway(filter);
        where = string.Join(" and ", Conditions(actor));
        after = cursor is { } c ? After(c) : null;
        behindNumber = cursor is { } at && filter.Sort == TicketSort.Waiting && at.At >= TicketCursor.Never ? $"t.number > ${parameters.Count}" : null;
    }

    // One person's tickets have indexes by time alone: in another order all of them would be sorted only to look for the text in the first ones.
    private static bool IsSortedAnyway(TicketFilter filter) =>
        filter.Assignee is not null && !string.IsNullOrWhiteSpace(filter.Text) && filter.Sort is (TicketSort.Priority or TicketSort.Waiting);

    public static TicketSelect Page(Actor actor, TicketFilter filter, TicketCursor? cursor, int limit)
    {
        var select = new TicketSelect(actor, filter, cursor);
        select.text = select.few ? select.Few(limit) : select.Keys($"({select.Walk(limit)}) t", "true", limit);
        return select;
    }

    /// <summary>
    /// A page out of the first rows of the list, as far as they have the text; the database stops looking when the page is full. Two more columns:
    /// whether the row has the text, and whether it is the last one looked at though the list goes on.
    /// </summary>
    public static TicketSelect Near(Actor actor, TicketFilter filter, TicketCursor? cursor, int limit)
    {
        var select = new TicketSelect(actor, filter, cursor);
        var wanted = select.Text();
        var rows = select.few ? $"select {Columns}, true as hit, false as last from tickets t where {select.where} and {wanted}" : select.Walk(limit, wanted);
        select.text = select.Keys($"({rows}) t", select.few ? select.after ?? "true" : "true", limit, ", t.hit, t.last");
        return select;
    }

    /// <summary>A page out of all tickets that have the text.</summary>
    public static TicketSelect Anywhere(Actor actor, TicketFilter filter, TicketCursor? cursor, int limit)
    {
        var select = new TicketSelect(actor, filter, cursor);
        select.text = $"with t as materialized (select {Columns} from tickets t where {select.where} and {select.Text()}) {select.Keys("t", select.after ?? "true", limit)}";
        return select;
    }

    public static TicketSelect Count(Actor actor, TicketFilter filter, int most)
    {
        var select = new TicketSelect(actor, filter, null);
        var wanted = string.IsNullOrWhiteSpace(filter.Text) ? "true" : select.Text();
        select.text = $"select count(*) from (select from tickets t where {select.where} and {wanted} limit {Plain(most)}) counted";
        return select;
    }

    public NpgsqlCommand On(NpgsqlDataSource data)
    {
        var command = data.CreateCommand(text);
        command.Parameters.AddRange(parameters.ToArray());
        return command;
    }

    private IEnumerable<string> Conditions(Actor actor)
    {
        if (!actor.IsStaff) yield return $"t.customer_id = {Value(actor.Id)}";
        if (filter.Status.Count > 0) yield return $"t.status in ({string.Join(", ", filter.Status.Distinct().Order().Select(s => $"'{SnakeCase.Of(s.ToString())}'"))})";
        if (filter.Priority.Count > 0)
        {
            yield return $"t.priority in ({string.Join(", ", filter.Priority.Distinct().Order().Select(p => Plain((int)p)))})";
            if (filter.Sort == TicketSort.Priority) yield return $"(-t.priority) >= {Plain(-(int)filter.Priority.Max())}"; // where the walk begins
        }

        if (filter.Category.Count > 0) yield return filter.Category.Count == 1 ? $"t.category = {Value(filter.Category[0])}" : $"t.category = any({Value(filter.Category.ToArray())})";
        if (filter.Assignee is { } assignee) yield return $"t.assignee_id = {Value(assignee)}";
        if (filter.OfferedTo is { } offered) yield return $"t.offered_to_id = {Value(offered)}";
        if (filter.Unassigned) yield return "t.assignee_id is null";
        if (filter.Escalated is { } escalated) yield return escalated ? "t.escalated_at is not null" : "t.escalated_at is null";
        if (filter.Tag is { Length: > 0 } tag) yield return $"t.tags <> '{{}}' and t.tags @> array[{Value(tag)}]";
        yield return "true";
    }

    private string Few(int limit) => $"with t as materialized (select {Columns} from tickets t where {where}) {Keys("t", after ?? "true", limit)}";

    private string Keys(string from, string condition, int limit, string more = "") =>
        $"select t.id, {(filter.Sort switch { TicketSort.Updated => "t.updated_at", TicketSort.Waiting => "t.waits", _ => "t.created_at" })}, t.priority, t.number{more} from {from} where {condition} order by {Order()} limit {Plain(limit)}";

    private string Order() => filter.Sort switch
    {
        TicketSort.Created => "t.created_at desc, t.number desc",
        TicketSort.Updated => "t.updated_at desc, t.number desc",
        TicketSort.Priority => "t.turn, t.created_at, t.number",
        TicketSort.Waiting => "t.waits, t.number",
        _ => throw new InvalidOperationException($"Unknown order {filter.Sort}."),
    };

    private string After(TicketCursor c) => filter.Sort switch
    {
        TicketSort.Created => $"(t.created_at, t.number) < ({Value(c.At)}, {Value(c.Number)})",
        TicketSort.Updated => $"(t.updated_at, t.number) < ({Value(c.At)}, {Value(c.Number)})",
        TicketSort.Priority => $"(t.turn, t.created_at, t.number) > ({Value((short)-(short)c.Priority)}, {Value(c.At)}, {Value(c.Number)})",
        TicketSort.Waiting => $"(t.waits, t.number) > ({Value(c.At)}, {Value(c.Number)})",
        _ => throw new InvalidOperationException($"Unknown order {filter.Sort}."),
    };

    // From the cursor on along an index. Who waits is few and comes first; behind them all others by number.
    private string Walk(int limit, string? wanted = null)
    {
        if (filter.Sort != TicketSort.Waiting) return Leg("true", after ?? "true", Order());
        var waiting = Leg(Waiting, after ?? "true", "t.waits, t.number");
        var others = Leg($"not {Waiting}", behindNumber ?? "true", "t.number");
        var nobodyWaits = behindNumber is not null || (filter.Status.Count > 0 && !filter.Status.Any(MayWait.Contains));
        return nobodyWaits ? others : $"(({waiting}) union all ({others}))";

        string Leg(string which, string behind, string order)
        {
            var all = $"select * from (select {Columns} from tickets t where {where} and {which}) t where {behind} order by {order} limit";
            var looked = $"select *, {wanted} as hit, row_number() over (order by {order}) = {Plain(Window)} as last from ({all} {Plain(Window)}) t";
            return wanted is null ? $"{all} {Plain(limit)}" : $"select * from ({looked}) t where hit or last order by {order} limit {Plain(limit)}";
        }
    }

    private string Text()
    {
        var wanted = filter.Text!.Trim();
        var escaped = wanted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var subject = wanted.Length > 2 ? $"t.subject ilike {Value($"%{escaped}%")}" : $"(t.subject ilike {Value($"{escaped}%")} or t.subject ilike {Value($"% {escaped}%")})";
        return long.TryParse(wanted.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? $"(t.number = {Value(number)} or {subject})" : subject;
    }

    private string Value<T>(T value)
    {
        parameters.Add(value is DateTimeOffset at ? new NpgsqlParameter { Value = at, NpgsqlDbType = NpgsqlDbType.TimestampTz } : new NpgsqlParameter<T> { TypedValue = value });
        return $"${parameters.Count}";
    }

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where a ticket stands in a list.</summary>
internal readonly record struct TicketKey(Guid Id, DateTimeOffset At, TicketPriority Priority, long Number)
{
    public TicketCursor Cursor(TicketSort sort) => new(sort, At, Priority, Number);
}
