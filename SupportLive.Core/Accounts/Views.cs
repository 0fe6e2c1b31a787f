namespace SupportLive.Core.Accounts;

/// <summary>A person as others see them.</summary>
public sealed record PersonView(Guid Id, string DisplayName);

/// <summary>What an account knows of itself; the answer of <c>GET /api/me</c>.</summary>
public sealed record MeView(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions);

/// <summary>The answer to a registration.</summary>
public sealed record RegisteredView(Guid Id, string Email, string DisplayName);

/// <summary>An account as those see it who manage accounts.</summary>
public sealed record UserView(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, bool Disabled, DateTimeOffset CreatedAt);
