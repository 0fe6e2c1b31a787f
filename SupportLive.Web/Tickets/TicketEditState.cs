using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>
/// A ticket while somebody edits it. What the person has changed stays; what others change meanwhile is taken over where the person has
/// changed nothing, and told where both have.
/// </summary>
public sealed class TicketEditState(TicketSnapshot ticket)
{
    private readonly Dictionary<string, string> overtaken = new(StringComparer.Ordinal);
    private TicketSnapshot known = ticket;
    private string[] tags = ticket.Tags;

    public string Subject { get; set; } = ticket.Subject;

    public string Category { get; set; } = ticket.Category;

    public TicketPriority Priority { get; set; } = ticket.Priority;

    public IReadOnlyList<string> Tags => tags;

    /// <summary>What a field has become meanwhile, where saving would change it again; null for all others.</summary>
    public string? Meanwhile(string field) => overtaken.GetValueOrDefault(field);

    public bool IsOvertaken => overtaken.Count > 0;

    /// <summary>Takes one or more, separated by commas; what cannot be a tag is left to the refusal.</summary>
    public void AddTags(string text) => tags = [.. tags.Union(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => t.ToLowerInvariant()), StringComparer.Ordinal)];

    public void RemoveTag(string tag) => tags = [.. tags.Except([tag], StringComparer.Ordinal)];

    /// <summary>The ticket has changed while it is being edited.</summary>
    public void Apply(TicketSnapshot now)
    {
        if (now.Version <= known.Version) return;
        Subject = Merged("subject", Subject, known.Subject, now.Subject, s => $"“{s}”");
        Category = Merged("category", Category, known.Category, now.Category, c => c);
        Priority = Merged("priority", Priority, known.Priority, now.Priority, p => p.ToString());
        tags = [.. now.Tags.Union(tags.Except(known.Tags, StringComparer.Ordinal), StringComparer.Ordinal).Except(known.Tags.Except(tags, StringComparer.Ordinal), StringComparer.Ordinal)];
        known = now;
    }

    private T Merged<T>(string field, T mine, T before, T theirs, Func<T, string> words)
    {
        var same = EqualityComparer<T>.Default;
        if (same.Equals(theirs, before)) return mine;
        overtaken.Remove(field);
        if (same.Equals(mine, before)) return theirs;
        if (!same.Equals(mine, theirs)) overtaken[field] = words(theirs);
        return mine;
    }

    /// <summary>What is to be saved; null when nothing is different.</summary>
    public TicketEdit? Changes()
    {
        var edit = new TicketEdit(
            Subject.Trim() == known.Subject ? null : Subject,
            Category == known.Category ? null : Category,
            Priority == known.Priority ? null : Priority,
            AddTags: Some(tags.Except(known.Tags, StringComparer.Ordinal)),
            RemoveTags: Some(known.Tags.Except(tags, StringComparer.Ordinal)));
        return edit == new TicketEdit() ? null : edit with { Version = known.Version };
    }

    private static string[]? Some(IEnumerable<string> tags) => tags.ToArray() is { Length: > 0 } some ? some : null;
}
