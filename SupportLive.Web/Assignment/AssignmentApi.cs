using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Assignment;

/// <summary>Presence, who gets what, and how that is set.</summary>
public static class AssignmentApi
{
    public static void MapAssignment(this WebApplication app)
    {
        var api = app.MapGroup("/api").WithTags("Assignment");
        api.MapGet("/agents", async (HttpContext context, AgentQueries agents, CancellationToken ct) => (await agents.List(context.Actor(), ct)).ToResult())
            .RequireAuthorization(Permissions.TicketsRead).Produces<IReadOnlyList<AgentView>>();
        api.MapPost("/agents/me/presence", SetPresence).RequireAuthorization(Permissions.TicketsWork).Produces(204);
        api.MapPut("/users/{id}/agent", Configure).RequireAuthorization(Permissions.UsersManage).Produces<AgentView>();
        api.MapGet("/tickets/{id}/who", Who).RequireAuthorization(Policies.SignedIn).Produces<IReadOnlyList<WhoView>>();
        api.MapGet("/tickets/{id}/why-me", Why).RequireAuthorization(Policies.SignedIn).Produces<WhoView>();
        api.MapGet("/queue/position", async (string? ticketId, HttpContext context, WaitQueries waits, CancellationToken ct) => (await waits.Of(context.Actor(), ticketId, ct)).ToResult())
            .RequireAuthorization(Policies.SignedIn).Produces<WaitView>();
        api.MapGet("/settings/assignment", async (Settings settings, CancellationToken ct) => Results.Ok(Body(await settings.Get(AssignmentSettings.Key, ct))))
            .RequireAuthorization(Permissions.SettingsManage).Produces<AssignmentBody>();
        api.MapPut("/settings/assignment", async (AssignmentBody body, HttpContext context, AgentActions agents, CancellationToken ct) =>
            (await agents.Configure(context.Actor(), new(body.Mode, body.OfferSeconds, body.DefaultCapacity, body.Weights), body.Version, ct)).Map(Body).ToResult())
            .RequireAuthorization(Permissions.SettingsManage).Produces<AssignmentBody>();
    }

    private static async Task<IResult> SetPresence(PresenceBody body, HttpContext context, AgentActions agents, CancellationToken ct)
    {
        var outcome = await agents.SetPresence(context.Actor(), body.Status, ct);
        return outcome.Ok ? Results.NoContent() : outcome.Refusal.ToResult();
    }

    private static async Task<IResult> Configure(string id, AgentBody body, HttpContext context, AgentActions agents, CancellationToken ct) =>
        (await agents.Configure(context.Actor(), Guid.TryParse(id, out var agent) ? agent : Guid.Empty, body.Capacity, body.Categories, ct)).ToResult();

    private static async Task<IResult> Who(string id, HttpContext context, TicketQueries tickets, AgentQueries agents, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        return (found.Ok ? await agents.Who(context.Actor(), found.Value.Id, ct) : found.Refusal).ToResult();
    }

    private static async Task<IResult> Why(string id, HttpContext context, TicketQueries tickets, AgentQueries agents, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        return (found.Ok ? await agents.Why(context.Actor(), found.Value.Id, ct) : found.Refusal).ToResult();
    }

    private static AssignmentBody Body(Setting<AssignmentSettings> s) => new(s.Value.Mode, s.Value.OfferSeconds, s.Value.DefaultCapacity, s.Value.Weights, s.Version);
}

public sealed record PresenceBody(AgentStatus? Status);

public sealed record AgentBody(int? Capacity, string?[]? Categories);

/// <summary>What is left out of a change stays. With a version, the change is refused when somebody else was faster.</summary>
public sealed record AssignmentBody(AssignmentMode? Mode, int? OfferSeconds, int? DefaultCapacity, PriorityWeights? Weights, int? Version);
