using System.Text.Json;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>Which tickets a report counts; everything empty: all.</summary>
/// <param name="Category">The key of one category.</param>
/// <param name="Priority">One priority, as it is now.</param>
/// <param name="Agent">Only tickets of this agent: who holds a ticket now, or, where nobody does, who rejected it.</param>
public sealed record ReportFilter(string? Category = null, TicketPriority? Priority = null, Guid? Agent = null)
{
    public static ReportFilter None { get; } = new();

    public bool IsEmpty => this == None;

    /// <summary>Refused are a category or priority that does not exist, and an agent that is no id.</summary>
    public static Outcome<ReportFilter> Parse(string? category, string? priority, string? agent, IEnumerable<string> categories)
    {
        TicketPriority? chosen = null;
        foreach (var p in Enum.GetValues<TicketPriority>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(p.ToString()) == priority) chosen = p;
        var id = Guid.Empty;
        var check = new Check().That(string.IsNullOrEmpty(category) || categories.Contains(category, StringComparer.Ordinal), "category", "There is no such category.")
            .That(string.IsNullOrEmpty(priority) || chosen is not null, "priority", "Choose priority out of: low, medium, high, urgent.")
            .That(string.IsNullOrEmpty(agent) || Guid.TryParse(agent, out id), "agent", "The agent is an id.");
        return check.Refusal is { } refusal ? refusal : new ReportFilter(string.IsNullOrEmpty(category) ? null : category, chosen, id == Guid.Empty ? null : id);
    }

    /// <summary>The same as SQL, over tickets named <c>t</c>; to be appended to a condition.</summary>
    internal string Sql => (Category is null ? "" : " and t.category = @category") + (Priority is null ? "" : " and t.priority = @priority")
        + (Agent is null ? "" : $" and {ReportScope.Holder} = @agent");
}
