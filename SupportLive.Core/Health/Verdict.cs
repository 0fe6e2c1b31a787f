namespace SupportLive.Core.Health;

/// <summary>What a check has seen, in plain sentences; with what to do about it unless all is well.</summary>
public sealed record Verdict(string Name, VerdictState State, string Seen, string? HowToFix = null);

public enum VerdictState { Ok, Warn, Fail }

/// <summary>A check of a room's own (mail, for one), registered as a service. Asked every thirty seconds while somebody looks; null when it does not apply.</summary>
public delegate Task<Verdict?> Examine(CancellationToken ct);
