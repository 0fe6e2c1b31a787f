using System.Net.Mail;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>Reports that are sent by themselves; <see cref="ReportMails"/> looks when.</summary>
public sealed record ReportSchedules(IReadOnlyList<ReportSchedule> Items)
{
    public const int Most = 50;

    public static SettingKey<ReportSchedules> Key { get; } = new("report-schedules", new([]));
}

public enum ReportCadence { Daily, Weekly, Monthly }

public enum ReportFormat { Pdf, Csv }

/// <summary>A report that is sent every day, on Mondays, or on the first of the month, about the day, week or month before.</summary>
/// <param name="Id">Chosen by the client or, when missing, here.</param>
/// <param name="Name">2–100 characters; the subject of the mail.</param>
/// <param name="Hour">0–23, on the clocks of <paramref name="TimeZone"/>.</param>
/// <param name="TimeZone">An IANA name.</param>
/// <param name="Addresses">1–20 mail addresses.</param>
/// <param name="Category">As in <see cref="ReportFilter"/>.</param>
/// <param name="Since">From when on it is sent, set here alone: when it was made, or last got other days, another hour or zone. Null in what was stored before there was this: always.</param>
public sealed record ReportSchedule(
    Guid? Id, string? Name, ReportCadence? Cadence, int? Hour, string? TimeZone, IReadOnlyList<string?>? Addresses, ReportFormat? Format,
    string? Category = null, TicketPriority? Priority = null, Guid? Agent = null, DateTimeOffset? Since = null)
{
    public const int MostAddresses = 20;

    /// <summary>The days that a report sent at this moment is about.</summary>
    public (DateOnly From, DateOnly To) Covers(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Clocks()).DateTime);
        var month = new DateOnly(today.Year, today.Month, 1);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return Cadence switch
        {
            ReportCadence.Weekly => (monday.AddDays(-7), monday.AddDays(-1)),
            ReportCadence.Monthly => (month.AddMonths(-1), month.AddDays(-1)),
            _ => (today.AddDays(-1), today.AddDays(-1)),
        };
    }

    /// <summary>On whose clocks it is sent; a zone that this machine has lost is UTC.</summary>
    public TimeZoneInfo Clocks() => TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;

    /// <summary>Which tickets it counts.</summary>
    public ReportFilter Filter() => new(Category, Priority, Agent);

    /// <summary>When it is sent next.</summary>
    public DueMoment Next(DateTimeOffset now) => DueMoment.Next(Cadence, Hour, Clocks(), now);

    /// <summary>What has to be sent at this moment, if it was not; null when that was too long ago, or before this schedule was.</summary>
    public DueMoment? Due(DateTimeOffset now, TimeSpan within) =>
        DueMoment.Last(Cadence, Hour, Clocks(), now) is var due && now - due.At < within && !(due.At < Since) ? due : null;

    internal void Check(Check check, string at, IEnumerable<string> categories, DateTimeOffset now)
    {
        var addresses = (Addresses ?? []).Select(a => a?.Trim() ?? "").ToArray();
        check.Text($"{at}.name", "The name", Name, 2, 100)
            .That(Cadence is { } c && Enum.IsDefined(c), $"{at}.cadence", "Choose how often: daily, weekly or monthly.")
            .That(Hour is >= 0 and <= 23, $"{at}.hour", "The hour is a number from 0 to 23.")
            .That(TimeZone is { Length: > 0 } && ReportPeriod.Parse(null, null, TimeZone, now).Ok, $"{at}.timeZone", "Choose a time zone by its name, such as Europe/Lisbon.")
            .That(addresses.Length is >= 1 and <= MostAddresses, $"{at}.addresses", $"A report goes to 1 to {MostAddresses} addresses.")
            .That(Array.TrueForAll(addresses, a => a.Length <= 254 && MailAddress.TryCreate(a, out var m) && m.Address == a), $"{at}.addresses", "One of these is not a mail address.")
            .That(Format is { } f && Enum.IsDefined(f), $"{at}.format", "Choose a format: pdf or csv.")
            .That(Category is null || categories.Contains(Category, StringComparer.Ordinal), $"{at}.category", "There is no such category.")
            .That(Priority is null || Enum.IsDefined(Priority.Value), $"{at}.priority", "Choose priority out of: low, medium, high, urgent.");
    }

    internal ReportSchedule Plain() => this with { Id = Id ?? Guid.CreateVersion7(), Name = Name!.Trim(), Addresses = [.. Addresses!.Select(a => a!.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)] };

    /// <summary>With the beginning that the one before had, unless it is sent at other times now.</summary>
    internal ReportSchedule From(ReportSchedule? before, DateTimeOffset now) =>
        this with { Since = before is not null && (before.Cadence, before.Hour, before.TimeZone) == (Cadence, Hour, TimeZone) ? before.Since : now };
}

/// <summary>Changes the stored schedules, all at once.</summary>
public sealed class ReportScheduleActions(Settings settings, TicketQueries tickets, TimeProvider time)
{
    /// <summary>Refused, field by field (<c>items[0].hour</c>), what cannot be sent; and as <c>stale_version</c> what somebody else has changed since.</summary>
    public async Task<Outcome<Setting<ReportSchedules>>> Put(Actor actor, IReadOnlyList<ReportSchedule?>? items, int? version, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        var check = new Check().That(items is not null && items.All(i => i is not null), "items", "Send the list of all schedules; empty for none.")
            .That((items?.Count ?? 0) <= ReportSchedules.Most, "items", $"There can be at most {ReportSchedules.Most} schedules.");
        if (check.Refusal is { } malformed) return malformed;
        var categories = (await tickets.Categories(ct)).Select(c => c.Key).ToArray();
        for (var n = 0; n < items!.Count; n++) items[n]!.Check(check, $"items[{n}]", categories, time.GetUtcNow());
        check.That(items.Where(i => i!.Id is not null).GroupBy(i => i!.Id).All(g => g.Count() == 1), "items", "Two schedules have the same id.");
        if (check.Refusal is { } refusal) return refusal;
        var (plain, now) = (items.Select(i => i!.Plain()).ToList(), time.GetUtcNow());
        return await settings.Change(actor, ReportSchedules.Key, before => new ReportSchedules([.. plain.Select(i => i.From(before.Items.FirstOrDefault(b => b.Id == i.Id), now))]), version, ct);
    }
}
