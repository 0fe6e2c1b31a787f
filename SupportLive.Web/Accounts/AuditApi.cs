using System.Globalization;
using System.Text;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary><c>/api/audit</c>: who did what, as pages and as a file.</summary>
public static class AuditApi
{
    public static void MapAudit(this WebApplication app)
    {
        var api = app.MapGroup("/api").WithTags("Audit").RequireAuthorization(Permissions.AuditRead);
        api.MapGet("/audit", List).Produces<Page<AuditView>>();
        api.MapGet("/audit.csv", Export).Produces(200, contentType: "text/csv");
    }

    private static async Task<IResult> List(HttpContext context, AuditQueries audit, CancellationToken ct, string? cursor = null)
    {
        var filter = Filter(context.Request.Query);
        if (!filter.Ok) return filter.Refusal.ToResult();
        long? before = null;
        if (cursor is { Length: > 0 })
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return Refusal.Invalid("cursor", "This cursor does not belong to this list; start again without it.").ToResult();
            before = last;
        }

        var page = await audit.Page(context.Actor(), filter.Value, before, ct);
        return page.Map(lines => new Page<AuditView>(lines, lines.Count == AuditQueries.PageSize ? lines[^1].Id.ToString(CultureInfo.InvariantCulture) : null)).ToResult();
    }

    /// <summary>The filter as the query string says it: actor, act, from, to, q.</summary>
    public static Outcome<AuditFilter> Filter(IQueryCollection query)
    {
        string? One(string name) => query[name] is [{ Length: > 0 } value] ? value : null;
        var (actor, from, to) = (Guid.TryParse(One("actor"), out var id) ? id : (Guid?)null, Time(One("from")), Time(One("to")));
        var check = new Check().That(One("actor") is null || actor is not null, "actor", "The actor is an id.")
            .That(One("from") is null || from is not null, "from", "Say a time such as 2026-11-21T08:00:00Z.")
            .That(One("to") is null || to is not null, "to", "Say a time such as 2026-11-21T08:00:00Z.");
        var filter = new AuditFilter(actor, One("act"), from, to, One("q"));
        return (check.Refusal ?? filter.Check()) is { } refusal ? refusal : filter;
    }

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static async Task<IResult> Export(HttpContext context, AuditQueries queries, Audit audit, CancellationToken ct)
    {
        var filter = Filter(context.Request.Query);
        if (!filter.Ok) return filter.Refusal.ToResult();
        await audit.Write(context.Actor(), Acts.AuditExported, new("audit", null, "audit.csv"), null, filter.Value, null, ct);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=audit.csv";
        try
        {
            await using var file = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await file.WriteAsync(Csv.Line("id", "at", "actor", "actor_id", "from", "act", "subject_kind", "subject_id", "subject", "before", "after"));
            await foreach (var line in queries.Export(context.Actor(), filter.Value, ct)) await file.WriteAsync(Line(line).AsMemory(), ct);
        }
        catch (UnauthorizedAccessException)
        {
            context.Abort(); // a transfer that breaks is seen; a file that just ends would pass for the whole
        }

        return Results.Empty;
    }

    private static string Line(AuditView e) => Csv.Line(
        e.Id.ToString(CultureInfo.InvariantCulture), e.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), e.Actor?.DisplayName, e.Actor?.Id?.ToString(), e.From, e.Act,
        e.Subject.Kind, e.Subject.Id, e.Subject.Name, e.Before?.GetRawText(), e.After?.GetRawText());
}
