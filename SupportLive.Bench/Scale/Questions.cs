namespace SupportLive.Bench.Scale;

/// <summary>What is asked: every filter with every order of the contract, and the rest of what a desk does all day.</summary>
internal static class Questions
{
    public static readonly string[] Sorts = ["-created", "-updated", "waiting", "priority"];

    private static readonly string[] Filters =
    [
        "", "status=open", "status=in_progress", "status=resolved", "status=closed", "status=rejected", "status=open&status=in_progress", "status=closed&status=rejected", "priority=urgent", "priority=low&priority=medium",
        "category=account", "assignee=me", "assignee=none", "escalated=true", "escalated=false", "q=invoice", "q=duplicates%20every", "q=zzunknown", "status=in_progress&assignee=me",
        "status=closed&priority=urgent&category=account&escalated=true", "status=rejected&priority=urgent", "category=account&priority=urgent", "status=closed&assignee=me&q=printer",
    ];

    /// <summary>Group, name, path, and whether the customer asks and not the agent.</summary>
    public static IEnumerable<Question> All(long longest, IReadOnlyDictionary<string, string> deep)
    {
        foreach (var sort in Sorts)
        {
            foreach (var filter in Filters) yield return new("list", $"{sort} {filter}", $"/api/tickets?sort={sort}&{filter}");
            yield return new("list of a customer", sort, $"/api/tickets?sort={sort}", Customer: true);
        }

        foreach (var (sort, cursor) in deep) yield return new("deep page", sort, $"/api/tickets?sort={sort}&cursor={cursor}");
        foreach (var filter in Filters.Where(f => !f.StartsWith("q=", StringComparison.Ordinal))) yield return new("count", filter, $"/api/tickets/count?{filter}");
        foreach (var q in Searches) yield return new("search", q, $"/api/search?q={Uri.EscapeDataString(q)}");
        foreach (var q in Searches) yield return new("search of a customer", q, $"/api/search?q={Uri.EscapeDataString(q)}", Customer: true);
        yield return new("long conversation", "ticket", $"/api/tickets/{longest}");
        yield return new("long conversation", "newest messages", $"/api/chats/{longest}/messages?limit=50");
        yield return new("long conversation", "messages in the middle", $"/api/chats/{longest}/messages?before=2500&limit=50");
        yield return new("page", "/desk", "/desk");
        yield return new("page", "the long conversation", $"/desk/{longest}");
        yield return new("page", "/tickets", "/tickets", Customer: true);
    }

    private static readonly string[] Searches =
        ["invoice", "duplicates every row", "\"shows the wrong amount\"", "calendar webhook", "Valcor", "SL-0042", "prin", "pritner", "thank", "the", "#1500", "zzunknownzz", "archive freezes -printer",
            "message firefox", "thank -invoice", "\"amount wrong\"", "\"thank looking\""];
}

internal sealed record Question(string Group, string Name, string Path, bool Customer = false);
