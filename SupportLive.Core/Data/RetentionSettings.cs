using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>How long things are kept.</summary>
/// <param name="NotificationDays">Notifications older than so many days are deleted: 1–3,650; null: never.</param>
/// <param name="TicketDays">Tickets closed or rejected for longer than so many days are deleted with their conversations: 30–36,500; null: never.</param>
public sealed record RetentionSettings(int? NotificationDays, int? TicketDays)
{
    public static SettingKey<RetentionSettings> Key { get; } = new("retention", new(90, null));

    public Refusal? Check() => new Check().That(NotificationDays is null or (>= 1 and <= 3_650), "notificationDays", "Notifications are kept for 1 to 3,650 days, or always.")
        .That(TicketDays is null or (>= 30 and <= 36_500), "ticketDays", "Ended tickets are kept for 30 to 36,500 days, or always.").Refusal;

    /// <summary>Refused as invalid with the fields, or as <see cref="Settings.Put"/>.</summary>
    public static async Task<Outcome<Setting<RetentionSettings>>> Set(Settings settings, Actor actor, RetentionSettings wanted, int? version, CancellationToken ct) =>
        actor.May(Permissions.SettingsManage) && wanted.Check() is { } refusal ? refusal : await settings.Put(actor, Key, wanted, version, ct);
}
