namespace SupportLive.Core.Accounts;

/// <summary>A person as others see them.</summary>
public sealed record PersonView(Guid Id, string DisplayName);

/// <summary>Somebody who works here, as colleagues see them.</summary>
/// <param name="ReadsEveryChat">Reads the notes of all tickets, and not only of the own ones.</param>
public sealed record ColleagueView(Guid Id, string DisplayName, bool ReadsEveryChat);

/// <summary>What an account knows of itself; the answer of <c>GET /api/me</c>.</summary>
public sealed record MeView(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions);

/// <summary>The answer to a registration.</summary>
public sealed record RegisteredView(Guid Id, string Email, string DisplayName);

/// <summary>An account as those see it who manage accounts.</summary>
/// <param name="Invited">Has been invited and has not accepted yet.</param>
/// <param name="LastSeenAt">To about a minute; null: never.</param>
public sealed record UserView(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, bool Disabled, DateTimeOffset CreatedAt, bool Invited = false, DateTimeOffset? LastSeenAt = null);

/// <summary>A role as those see it who manage people or roles.</summary>
/// <param name="BuiltIn">There on every installation; cannot be deleted.</param>
/// <param name="Fixed">Cannot be changed either: an admin may always do everything, a customer nothing but see to own tickets.</param>
/// <param name="Holders">How many accounts have it.</param>
/// <param name="Version">Hand it back with a change.</param>
public sealed record RoleView(string Name, IReadOnlyList<string> Permissions, bool BuiltIn, bool Fixed, int Holders, int Version);

/// <summary>A way in for somebody who has no password yet, to be sent or handed over. Good once, until then.</summary>
/// <param name="Path">From the root of the site: <c>/account/invite?…</c>; holds the secret.</param>
public sealed record Invite(Guid AccountId, string Email, string Path, DateTimeOffset Until);

/// <summary>One line of the audit log.</summary>
/// <param name="From">The network address.</param>
public sealed record AuditView(long Id, DateTimeOffset At, AuditActor? Actor, string? From, string Act, AuditSubjectView Subject, System.Text.Json.JsonElement? Before, System.Text.Json.JsonElement? After);

/// <summary>Who it was, by the name of then; without an id it was SupportLive itself.</summary>
public sealed record AuditActor(Guid? Id, string DisplayName);

public sealed record AuditSubjectView(string Kind, string? Id, string? Name);
