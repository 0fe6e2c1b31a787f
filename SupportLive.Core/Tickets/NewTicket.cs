using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>What a customer fills in.</summary>
/// <param name="ClientId">Makes a retry have one effect; unique per customer, at most 100 characters.</param>
public sealed record NewTicket(string? Subject, string? Description, string? Category, TicketPriority? Priority, string? ClientId = null)
{
    public Refusal? Check(IReadOnlyCollection<string> categories) => new Check()
        .Text("subject", "Subject", Subject, 3, 200)
        .That(Subject?.Trim().AsSpan().IndexOfAny('\r', '\n') is null or -1, "subject", "The subject must be one line.")
        .Text("description", "Description", Description, 1, 10_000)
        .Text("clientId", "Client id", ClientId, 0, 100)
        .That(Category is not null && categories.Contains(Category), "category", "Choose a category out of the list.")
        .That(Priority is { } p && Enum.IsDefined(p), "priority", "Choose how urgent it is.")
        .Refusal;
}
