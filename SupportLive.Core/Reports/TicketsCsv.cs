using System.Globalization;
using System.Text;
using CsvHelper;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Reports;

/// <summary>
/// Tickets as comma-separated values (RFC 4180), one row each, for spreadsheets: UTF-8 with a mark that says so, times in UTC, durations in seconds.
/// Text that a spreadsheet would take for a formula gets an apostrophe in front.
/// </summary>
public sealed class TicketsCsv(ReportTickets tickets)
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "number", "subject", "status", "category", "priority", "customer", "agent", "created_at", "accepted_at", "first_response_at", "resolved_at", "closed_at", "rejected_at",
        "first_response_seconds", "resolution_seconds", "escalation_level", "rating", "rating_comment", "tags",
    ];

    /// <summary>Writes page by page, so that memory does not grow with the rows. Stops before the next page, and says so, when <paramref name="mayGoOn"/> no longer holds.</summary>
    public async Task<Outcome<Done>> Write(Stream to, ReadOnlyMemory<long> numbers, Func<CancellationToken, ValueTask<bool>> mayGoOn, CancellationToken ct)
    {
        await to.WriteAsync(Encoding.UTF8.Preamble.ToArray(), ct);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions(), leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(column);
        await csv.EndRecordAsync(ct);
        for (var at = 0; at < numbers.Length; at += ReportTickets.PageSize)
        {
            if (!await mayGoOn(ct)) return Refusal.Forbidden("You may no longer read reports, so the export has stopped.");
            foreach (var line in await tickets.Lines(numbers.Slice(at, Math.Min(ReportTickets.PageSize, numbers.Length - at)), ct))
            {
                foreach (var field in Fields(line)) csv.WriteField(field);
                await csv.EndRecordAsync(ct);
            }

            await csv.FlushAsync(ct);
        }

        await csv.FlushAsync(ct);
        return new Done();
    }

    private static IEnumerable<string?> Fields(TicketLine t) =>
    [
        t.Number.ToString(CultureInfo.InvariantCulture), SpreadsheetText.Safe(t.Subject), StatusWords.Of(t.Status), SpreadsheetText.Safe(t.Category), SnakeCase.Of(t.Priority.ToString()), SpreadsheetText.Safe(t.Customer), SpreadsheetText.Safe(t.Agent),
        Time(t.CreatedAt), Time(t.AcceptedAt), Time(t.FirstResponseAt), Time(t.ResolvedAt), Time(t.ClosedAt), Time(t.RejectedAt), Seconds(t.FirstResponseSeconds), Seconds(t.ResolutionSeconds),
        t.EscalationLevel.ToString(CultureInfo.InvariantCulture), t.Rating?.ToString(CultureInfo.InvariantCulture), SpreadsheetText.Safe(t.RatingComment), SpreadsheetText.Safe(string.Join(' ', t.Tags)),
    ];

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Seconds(double? seconds) => seconds?.ToString("0", CultureInfo.InvariantCulture);
}
