using System.Collections.Frozen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Tickets;

namespace SupportLive.Tests.Tickets;

/// <summary>People for tests of the machine alone, with the rights of a new installation.</summary>
public static class Cast
{
    public static readonly Guid Node = Guid.NewGuid();
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static readonly Actor Customer = Somebody(Roles.Customer);
    public static readonly Actor Stranger = Somebody(Roles.Customer);
    public static readonly Actor Assignee = Somebody(Roles.Agent);
    public static readonly Actor Agent = Somebody(Roles.Agent);
    public static readonly Actor Manager = Somebody(Roles.Manager);
    public static readonly Actor Admin = Somebody(Roles.Admin);

    public static Actor Somebody(string role) => new(Guid.NewGuid(), role, role, Roles.Grants[role].ToFrozenSet(StringComparer.Ordinal));

    public static Actor Called(string name) => name switch
    {
        "customer" => Customer,
        "stranger" => Stranger,
        "assignee" => Assignee,
        "agent" => Agent,
        "manager" => Manager,
        "admin" => Admin,
        _ => throw new ArgumentException($"Nobody is called {name}.", nameof(name)),
    };

    public static Ticket OpenTicket() => Ticket.Open(Customer, new NewTicket("Help", "Please", "general", TicketPriority.Low), Customer.Id, Node, Now);

    /// <summary>As screens see it.</summary>
    public static TicketSnapshot Shown(Ticket t) => new(
        t.Id, 1001, t.Subject, t.Description, t.Category, t.Priority, t.Status, null, Person(Customer), t.AssigneeId is null ? null : Person(Assignee),
        t.RejectedAt is { } at ? new RejectionView(t.RejectionReason!, at) : null, t.EndedById is null ? null : Person(t.EndedById == Manager.Id ? Manager : Assignee), t.Rating, t.RatingComment,
        t.Tags, t.CreatedAt, t.AcceptedAt, t.FirstResponseAt, t.ResolvedAt, t.ClosedAt, t.UpdatedAt, t.LastMessageAt, t.WaitingSince, t.PublicSeq, t.StaffSeq, t.Version);

    private static PersonView Person(Actor actor) => new(actor.Id, actor.DisplayName);

    /// <summary>In progress with the assignee; resolved and closed by the assignee; rejected by the manager.</summary>
    public static Ticket TicketThatIs(TicketStatus status)
    {
        var ticket = OpenTicket();
        switch (status)
        {
            case TicketStatus.Rejected:
                ticket.Reject(Manager, "Spam", Node, Now).Must();
                break;
            case TicketStatus.InProgress:
                ticket.Accept(Assignee, Node, Now).Must();
                break;
            case TicketStatus.Resolved:
                ticket.Accept(Assignee, Node, Now).Must();
                ticket.Resolve(Assignee, Node, Now).Must();
                break;
            case TicketStatus.Closed:
                ticket.Accept(Assignee, Node, Now).Must();
                ticket.Close(Assignee, Node, Now).Must();
                break;
        }

        return ticket;
    }
}
