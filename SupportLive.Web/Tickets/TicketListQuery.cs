using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>The query string of a list, word for word as in the contract.</summary>
public static class TicketListQuery
{
    private static readonly IReadOnlyDictionary<string, TicketSort> Sorts = new Dictionary<string, TicketSort>(StringComparer.Ordinal)
    {
        ["waiting"] = TicketSort.Waiting,
        ["priority"] = TicketSort.Priority,
        ["-created"] = TicketSort.Created,
        ["-updated"] = TicketSort.Updated,
    };

    /// <summary>What narrows and orders a list.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["status", "priority", "category", "assignee", "escalated", "tag", "q", "sort"];

    /// <summary>Why this query is none that a list understands, or null: for views, which are refused when they are saved and not when a colleague opens them.</summary>
    public static Refusal? Refuse(string? query, Actor actor)
    {
        if (query is null or { Length: > SavedViews.LongestQuery }) return null; // the length is refused where views are kept
        var asked = QueryHelpers.ParseQuery(query);
        return new Check().That(!query.StartsWith('?') && asked.Keys.All(k => k == "tab" || Filters.Contains(k)), "query", $"A view is made of: {string.Join(", ", Filters)}.").Refusal
            ?? (Parse(new QueryCollection(asked), actor).Refusal is { } wrong ? Refusal.Invalid("query", wrong.Message) : null);
    }

    public static Outcome<TicketFilter> Parse(IQueryCollection query, Actor actor)
    {
        var check = new Check();
        var filter = new TicketFilter
        {
            Status = Words<TicketStatus>(query, "status", check),
            Priority = Words<TicketPriority>(query, "priority", check),
            Category = [.. query["category"].OfType<string>().Where(c => c.Length > 0)],
            Unassigned = query["assignee"] == "none",
            Assignee = Assignee(query["assignee"], actor, check),
            Escalated = Flag(query["escalated"], check),
            Tag = query["tag"] is [{ Length: > 0 } tag] ? tag : null,
            Text = query["q"],
            Sort = Sort(query["sort"], check),
            Limit = Number(query["limit"], 50, check),
            Cursor = query["cursor"] is [{ Length: > 0 } cursor] ? cursor : null,
        };
        return check.Refusal is { } refusal ? refusal : filter;
    }

    private static IReadOnlyList<T> Words<T>(IQueryCollection query, string name, Check check) where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()), StringComparer.Ordinal);
        var words = query[name].OfType<string>().SelectMany(w => w.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        check.That(words.All(known.ContainsKey), name, $"Choose {name} out of: {string.Join(", ", known.Keys)}.");
        return [.. words.Where(known.ContainsKey).Select(w => known[w])];
    }

    private static Guid? Assignee(string? value, Actor actor, Check check)
    {
        if (value is null or "" or "none") return null;
        if (value == "me") return actor.Id;
        check.That(Guid.TryParse(value, out var id), "assignee", "The assignee is me, none, or an id.");
        return id;
    }

    private static bool? Flag(string? value, Check check)
    {
        if (string.IsNullOrEmpty(value)) return null;
        check.That(value is "true" or "false", "escalated", "Escalated is true or false.");
        return value == "true";
    }

    private static TicketSort Sort(string? value, Check check)
    {
        if (string.IsNullOrEmpty(value)) return TicketSort.Created;
        check.That(Sorts.ContainsKey(value), "sort", $"Choose sort out of: {string.Join(", ", Sorts.Keys)}.");
        return Sorts.GetValueOrDefault(value, TicketSort.Created);
    }

    private static int Number(string? value, int otherwise, Check check)
    {
        if (string.IsNullOrEmpty(value)) return otherwise;
        check.That(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number), "limit", "The limit is a number.");
        return number;
    }
}
