using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Reports;
using SupportLive.Core.Reports.Paper;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Reports;

/// <summary><c>/api/reports</c>: figures, exports, and the schedules of reports that are to be sent.</summary>
public static class ReportsApi
{
    /// <summary>How many rows an export will have, so that whoever waits knows how long.</summary>
    public const string RowsHeader = "X-Rows";

    public static void MapReports(this WebApplication app)
    {
        var api = app.MapGroup("/api/reports").WithTags("Reports").RequireAuthorization(Permissions.ReportsRead);
        api.MapGet("/summary", Summary).Produces<SummaryView>();
        api.MapGet("/summary.pdf", Pdf).Produces(200, contentType: "application/pdf");
        api.MapGet("/tickets.csv", Csv).Produces(200, contentType: "text/csv");

        var schedules = app.MapGroup("/api/reports/schedules").WithTags("Reports").RequireAuthorization(Permissions.SettingsManage);
        schedules.MapGet("", async (Settings settings, CancellationToken ct) => SchedulesBody.Of(await settings.Get(ReportSchedules.Key, ct)));
        schedules.MapPut("", async (SchedulesBody body, HttpContext context, ReportScheduleActions actions, CancellationToken ct) =>
            (await actions.Put(context.Actor(), body.Items, body.Version, ct)).Map(SchedulesBody.Of).ToResult()).Produces<SchedulesBody>();
    }

    private static async Task<IResult> Summary([AsParameters] ReportAsk ask, HttpContext context, ReportQueries reports, CancellationToken ct)
    {
        var asked = await ask.Read(reports, ct);
        return (asked.Ok ? await reports.Summary(context.Actor(), asked.Value, ct) : asked.Refusal).ToResult();
    }

    private static async Task<IResult> Pdf([AsParameters] ReportAsk ask, HttpContext context, ReportQueries reports, Actors actors, CancellationToken ct)
    {
        var asked = await ask.Read(reports, ct);
        var summary = asked.Ok ? await reports.Summary(context.Actor(), asked.Value, ct) : asked.Refusal;
        if (!summary.Ok) return summary.Refusal.ToResult();
        var pdf = await Task.Run(() => ReportPdf.Draw(summary.Value, asked.Value!, context.Actor().DisplayName, ct), ct);
        if (!pdf.Ok) return pdf.Refusal.ToResult();
        if (!await StillMay(context, actors, ct)) return Refusal.Forbidden("You may no longer read reports, so the export has stopped.").ToResult();
        return Results.File(pdf.Value, "application/pdf", $"{Name("report", asked.Value!)}.pdf");
    }

    private static async Task<IResult> Csv([AsParameters] ReportAsk ask, [AsParameters] TicketsAsk which, HttpContext context, ReportQueries reports, ReportTickets tickets, TicketsCsv csv, Actors actors, CancellationToken ct)
    {
        var asked = await ask.Read(reports, ct);
        var selection = which.Read();
        if ((asked.Refusal ?? selection.Refusal) is { } wrong) return wrong.ToResult();
        var numbers = await tickets.Numbers(context.Actor(), asked.Value!, selection.Value!, ct);
        if (!numbers.Ok) return numbers.Refusal.ToResult();
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{Name("tickets", asked.Value!)}.csv\"";
        context.Response.Headers[RowsHeader] = numbers.Value.Length.ToString(CultureInfo.InvariantCulture);
        var written = await csv.Write(context.Response.Body, numbers.Value, may => StillMay(context, actors, may), ct);
        if (!written.Ok) context.Abort(); // half a file must not look like a whole one
        return Results.Empty;
    }

    private static async ValueTask<bool> StillMay(HttpContext context, Actors actors, CancellationToken ct) =>
        await actors.StillValid(context.Actor().Id.ToString(), context.Access().Stamp, ct) is { } access && access.Actor.May(Permissions.ReportsRead);

    private static string Name(string what, ReportAsked asked) => string.Create(CultureInfo.InvariantCulture, $"supportlive-{what}-{asked.Period.Dates.First:yyyy-MM-dd}-{asked.Period.Dates.Last:yyyy-MM-dd}");
}

/// <summary>The period and the filter, as they stand in an address.</summary>
public sealed record ReportAsk(string? From, string? To, string? TimeZone, string? Category, string? Priority, string? Agent)
{
    internal Task<Outcome<ReportAsked>> Read(ReportQueries reports, CancellationToken ct) => reports.Asked(From, To, TimeZone, Category, Priority, Agent, ct);
}

/// <summary>Which tickets of the period; without any, those opened in it.</summary>
public sealed record TicketsAsk(string? Which, string? Status, string? By, string? Hour, string? Age)
{
    internal Outcome<TicketSelection> Read() => TicketSelection.Parse(Which, Status, By, Hour, Age);
}

/// <summary>Schedules on the wire.</summary>
/// <param name="Version">Hand it back with a change, so that a change of somebody else is not overwritten unseen.</param>
public sealed record SchedulesBody(IReadOnlyList<ReportSchedule?>? Items, int? Version = null)
{
    internal static SchedulesBody Of(Setting<ReportSchedules> set) => new(set.Value.Items, set.Version);
}
