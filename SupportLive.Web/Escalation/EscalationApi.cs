using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Escalation;

/// <summary><c>/api/escalation-rules</c>, and the settings that deadlines depend on.</summary>
public static class EscalationApi
{
    public static void MapEscalation(this WebApplication app)
    {
        var rules = app.MapGroup("/api/escalation-rules").WithTags("Escalation").RequireAuthorization(Permissions.SettingsManage);
        rules.MapGet("", async (HttpContext context, EscalationQueries queries, CancellationToken ct) => (await queries.Rules(context.Actor(), ct)).ToResult()).Produces<IReadOnlyList<RuleView>>();
        rules.MapPost("", Create).Produces<RuleView>(201);
        rules.MapPut("/{id}", async (string id, RuleDraft body, HttpContext context, EscalationActions actions, CancellationToken ct) =>
            (Guid.TryParse(id, out var rule) ? await actions.Change(context.Actor(), rule, body, ct) : Refusal.NotFound("rule")).ToResult()).Produces<RuleView>();
        rules.MapDelete("/{id}", Delete).Produces(204);

        var settings = app.MapGroup("/api/settings").WithTags("Settings").RequireAuthorization(Permissions.SettingsManage);
        settings.MapGet("/business-hours", async (Settings stored, CancellationToken ct) => HoursBody.Of(await stored.Get(BusinessHours.Key, ct)));
        settings.MapPut("/business-hours", async (HoursBody body, HttpContext context, EscalationActions actions, CancellationToken ct) =>
            (await actions.SetHours(context.Actor(), new BusinessHours(body.TimeZone, body.Week, body.Holidays), body.Version, ct)).Map(HoursBody.Of).ToResult()).Produces<HoursBody>();
        settings.MapGet("/targets", async (Settings stored, CancellationToken ct) => TargetsBody.Of(await stored.Get(Targets.Key, ct)));
        settings.MapPut("/targets", async (TargetsBody body, HttpContext context, EscalationActions actions, CancellationToken ct) =>
            (await actions.SetTargets(context.Actor(), new Targets(body.FirstResponse, body.Resolution, body.Hours, body.CloseAfterDays), body.Version, ct)).Map(TargetsBody.Of).ToResult()).Produces<TargetsBody>();
    }

    private static async Task<IResult> Create(RuleDraft body, HttpContext context, EscalationActions actions, CancellationToken ct)
    {
        var created = await actions.Create(context.Actor(), body, ct);
        return created.Ok ? Results.Created($"/api/escalation-rules/{created.Value.Id}", created.Value) : created.Refusal.ToResult();
    }

    private static async Task<IResult> Delete(string id, HttpContext context, EscalationActions actions, CancellationToken ct)
    {
        var deleted = Guid.TryParse(id, out var rule) ? await actions.Delete(context.Actor(), rule, ct) : Refusal.NotFound("rule");
        return deleted.Ok ? Results.NoContent() : deleted.Refusal.ToResult();
    }
}

/// <summary>Business hours on the wire.</summary>
/// <param name="Version">Hand it back with a change, so that a change of somebody else is not overwritten unseen.</param>
public sealed record HoursBody(string? TimeZone, IReadOnlyDictionary<string, string[][]>? Week, IReadOnlyList<string>? Holidays, int? Version = null)
{
    internal static HoursBody Of(Setting<BusinessHours> set) => new(set.Value.TimeZone, set.Value.Week, set.Value.Holidays, set.Version);
}

/// <summary>Targets on the wire.</summary>
/// <param name="Version">As with business hours.</param>
public sealed record TargetsBody(TargetMinutes? FirstResponse, TargetMinutes? Resolution, CountedHours? Hours, int? CloseAfterDays, int? Version = null)
{
    internal static TargetsBody Of(Setting<Targets> set) => new(set.Value.FirstResponse, set.Value.Resolution, set.Value.Hours, set.Value.CloseAfterDays, set.Version);
}
