namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>One fault that was injected: from when, until healed, until both nodes acknowledged again.</summary>
/// <param name="Printed">Lines that the nodes wrote to their logs meanwhile.</param>
internal sealed record Blow(string Fault, string Detail, long Begun, long Healed, long Served, int Printed);
