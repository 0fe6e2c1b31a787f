using SupportLive.Core.Accounts;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>What a mail tells of; each has a template.</summary>
public static class MailKinds
{
    public const string Received = "received";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";
    public const string Resolved = "resolved";
    public const string Closed = "closed";
    public const string Reopened = "reopened";
    public const string Escalated = "escalated";
    public const string Reply = "reply";
    public const string Assigned = "assigned";
    public const string Mention = "mention";
    public const string OfferMissed = "offer_missed";
    public const string Escalation = "escalation";
    public const string Reset = "reset";
    public const string PasswordChanged = "password_changed";
    public const string Invite = "invite";
    public const string NewSignIn = "new_sign_in";
    public const string Confirm = "confirm";
    public const string Report = "report";
    public const string Summary = "summary";

    public static IReadOnlyList<string> All { get; } =
    [
        Received, Accepted, Rejected, Resolved, Closed, Reopened, Escalated, Reply, Assigned, Mention, OfferMissed, Escalation, Reset, PasswordChanged, Invite, NewSignIn, Confirm,
        Report, Summary,
    ];

    /// <summary>About the account itself: sent whatever somebody has chosen, at once, and without a way to unsubscribe.</summary>
    public static bool IsOfAccount(string kind) => kind is Reset or PasswordChanged or Invite or NewSignIn or Confirm;

    /// <summary>Told by the clock and not by the log; an <see cref="IMailContent"/> knows what.</summary>
    public static bool IsOfReports(string kind) => kind is Report or Summary;

    /// <summary>The way in stands in it: shown to nobody but admins.</summary>
    public static bool HoldsSecret(string kind) => kind is Reset or Invite or Confirm;

    /// <summary>The event that people choose for.</summary>
    public static string EventOf(string kind) => kind is Resolved or Closed or Reopened or Escalated ? MailEvents.Status : kind;
}

/// <summary>What people choose for, on <c>/account/notifications</c>.</summary>
public static class MailEvents
{
    public const string Status = "status";

    private static readonly MailEvent[] All =
    [
        new(MailKinds.Received, "We have your request", "Its number, and what happens next", false, OnlyMail: true),
        new(MailKinds.Accepted, "Somebody takes care of it", "Who helps you", false),
        new(MailKinds.Rejected, "We cannot help with it", "Why, and how to ask again", false),
        new(Status, "Solved, closed, reopened", "When your request changes", false),
        new(MailKinds.Reply, "New messages", "By e-mail only while you are not here, and several in one", null),
        new(MailKinds.Assigned, "A ticket becomes yours", "When somebody else gives it to you", true),
        new(MailKinds.Mention, "A colleague mentions you", "When a note has your name behind an @", true),
        new(MailKinds.OfferMissed, "An offer passed you by", "When you did not answer in time", true, OnlyMail: true),
        new(MailKinds.Escalation, "A rule asks for attention", "Waits that are too long, by the rules that send e-mail or notify", true),
        new(MailKinds.Summary, "The day before in numbers", "Every morning, with what waits and what is late", null, OnlyMail: true, Needs: Permissions.ReportsRead),
    ];

    /// <summary>The choices of somebody who works here, or of a customer.</summary>
    public static IReadOnlyList<MailEvent> For(bool staff) => [.. All.Where(e => e.Staff is null || e.Staff == staff)];

    public static bool IsOne(string? name) => All.Any(e => e.Name == name);

    public static string Title(string name) => All.FirstOrDefault(e => e.Name == name)?.Title ?? name;
}

/// <param name="Staff">Whether it is for those who work here; null: for both.</param>
/// <param name="OnlyMail">There is no notification of it in the product.</param>
/// <param name="Needs">The permission without which nobody is told; null: none.</param>
public sealed record MailEvent(string Name, string Title, string Hint, bool? Staff, bool OnlyMail = false, string? Needs = null);
