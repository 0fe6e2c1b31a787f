using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>How much one caller may ask for, set while SupportLive runs. What is null is as the configuration has it.</summary>
/// <param name="AuthPerMinute">Registrations, log-ins and refreshes per minute and address: 5–100,000.</param>
/// <param name="CallsPerMinute">Other calls per minute and account: 60–1,000,000.</param>
/// <param name="ConnectionsPerAccount">Hub connections of one account on one node: 1–10,000.</param>
/// <param name="MessagesPerSecond">Per hub connection: 1–1,000.</param>
public sealed record LimitSettings(int? AuthPerMinute = null, int? CallsPerMinute = null, int? ConnectionsPerAccount = null, int? MessagesPerSecond = null)
{
    public static SettingKey<LimitSettings> Key { get; } = new("limits", new());

    // The least that leaves the way to this setting open.
    public Refusal? Check() => new Check().That(AuthPerMinute is null or (>= 5 and <= 100_000), "authPerMinute", "Between 5 and 100,000, or nothing for the default.")
        .That(CallsPerMinute is null or (>= 60 and <= 1_000_000), "callsPerMinute", "Between 60 and 1,000,000, or nothing for the default.")
        .That(ConnectionsPerAccount is null or (>= 1 and <= 10_000), "connectionsPerAccount", "Between 1 and 10,000, or nothing for the default.")
        .That(MessagesPerSecond is null or (>= 1 and <= 1_000), "messagesPerSecond", "Between 1 and 1,000, or nothing for the default.").Refusal;

    /// <summary>Refused as invalid with the fields, or as <see cref="Settings.Put"/>.</summary>
    public static async Task<Outcome<Setting<LimitSettings>>> Set(Settings settings, Actor actor, LimitSettings wanted, int? version, CancellationToken ct) =>
        actor.May(Permissions.SettingsManage) && wanted.Check() is { } refusal ? refusal : await settings.Put(actor, Key, wanted, version, ct);
}
