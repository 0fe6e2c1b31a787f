using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>What is to be changed about a ticket; what is null stays as it is.</summary>
/// <param name="Subject">One line, 3–200 characters.</param>
/// <param name="Category">A key out of the list.</param>
/// <param name="Tags">All of them: at most 10, each 1–40 characters; kept in lower case, without space around them, each once.</param>
/// <param name="AddTags">To those that are there.</param>
/// <param name="RemoveTags">From those that are there; one that is not there changes nothing.</param>
/// <param name="Version">The version that this was decided on: another one by now is refused as stale. Without it the last one wins.</param>
public sealed record TicketEdit(
    string? Subject = null, string? Category = null, TicketPriority? Priority = null, string[]? Tags = null, string[]? AddTags = null, string[]? RemoveTags = null, int? Version = null)
{
    public const int MaxTags = 10;
    public const int LongestTag = 40;

    /// <summary>What only staff decide.</summary>
    public bool IsSorting => Priority is not null || Tags is not null || AddTags is not null || RemoveTags is not null;

    public Refusal? Check(IReadOnlyCollection<CategoryView> categories)
    {
        var check = new Check();
        if (Subject is not null) check.Text("subject", "Subject", Subject, 3, 200).That(Subject.Trim().AsSpan().IndexOfAny('\r', '\n') == -1, "subject", "The subject must be one line.");
        check.That(Category is null || categories.Any(c => c.Key == Category), "category", "Choose a category out of the list.")
            .That(Priority is not { } p || Enum.IsDefined(p), "priority", "Choose how urgent it is.")
            .That(this with { Version = null } != new TicketEdit(), "body", "Say what is to be changed: subject, category, priority or tags.")
            .That(Tags is null || (AddTags is null && RemoveTags is null), "tags", "Say which tags it shall have, or which to add and remove, not both.");
        foreach (var (field, tags) in new[] { ("tags", Tags), ("addTags", AddTags), ("removeTags", RemoveTags) })
        {
            if (tags?.Length > 5 * MaxTags) check.That(holds: false, field, TooMany(tags.Length));
            else foreach (var tag in tags ?? []) check.Text(field, "A tag", tag, 1, LongestTag).That(tag?.AsSpan().IndexOfAny("\r\n\t,") is null or -1, field, "A tag is one line without commas.");
        }

        return check.Refusal;
    }

    /// <summary>The tags that a ticket with these has afterwards; more than <see cref="MaxTags"/> are refused.</summary>
    internal Outcome<string[]> On(string[] present)
    {
        var wanted = Tags is not null ? Clean(Tags) : [.. present.Union(Clean(AddTags), StringComparer.Ordinal).Except(Clean(RemoveTags), StringComparer.Ordinal)];
        return wanted.Length <= MaxTags ? wanted : Refusal.Invalid(Tags is null ? "addTags" : "tags", TooMany(wanted.Length));
    }

    private static string[] Clean(string[]? tags) => [.. (tags ?? []).Select(t => t.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    private static string TooMany(int tags) => $"A ticket can have at most {MaxTags} tags; these are {tags}.";
}
