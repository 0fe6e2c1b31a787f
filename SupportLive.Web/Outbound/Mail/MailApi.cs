using Microsoft.AspNetCore.Http.Features;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Outbound.Mail;

/// <summary><c>/api/outbox</c>, <c>/api/inbound/mail</c>, and what people choose to be told of.</summary>
public static class MailApi
{
    public static void MapMail(this WebApplication app)
    {
        var outbox = app.MapGroup("/api/outbox").WithTags("E-mail").RequireAuthorization(Permissions.SettingsManage);
        outbox.MapGet("", async (HttpContext context, OutboxQueries mails, CancellationToken ct, string? status = null, string? cursor = null) => (await mails.Page(context.Actor(), status, cursor, ct)).ToResult()).Produces<Page<OutboxView>>();
        outbox.MapGet("/{id}", async (string id, HttpContext context, OutboxQueries mails, CancellationToken ct) => (await mails.Find(context.Actor(), IdOf(id), ct)).ToResult()).Produces<OutboxDetail>();
        outbox.MapPost("/{id}/send-again", async (string id, HttpContext context, OutboxActions mails, CancellationToken ct) => Empty(await mails.SendAgain(context.Actor(), IdOf(id), ct))).Produces(204);

        var chosen = app.MapGroup("/api/notifications/preferences").WithTags("Notifications").RequireAuthorization(Policies.SignedIn);
        chosen.MapGet("", async (HttpContext context, PreferenceActions preferences, CancellationToken ct) => Results.Ok(new { items = await preferences.Of(context.Actor(), ct) }));
        chosen.MapPut("/{name}", async (string name, ChannelBody body, HttpContext context, PreferenceActions preferences, CancellationToken ct) =>
            body.Channel is { } channel ? Empty(await preferences.Choose(context.Actor(), name, channel, ct)) : Refusal.Invalid("channel", "Choose both, mail, in_app or none.").ToResult()).Produces(204);

        var templates = app.MapGroup("/api/settings/mail-templates").WithTags("Settings").RequireAuthorization(Permissions.SettingsManage);
        templates.MapGet("", async (Settings settings, CancellationToken ct) => TemplatesBody.Of(await settings.Get(MailTemplates.Key, ct))).Produces<TemplatesBody>();
        templates.MapPut("", async (TemplatesBody body, HttpContext context, Settings settings, CancellationToken ct) =>
            (await MailTemplates.Set(settings, context.Actor(), new(body.Brand ?? "", body.Language ?? "en", body.Own ?? new Dictionary<string, MailTemplate>(StringComparer.Ordinal)), body.Version, ct)).Map(TemplatesBody.Of).ToResult()).Produces<TemplatesBody>();

        var logo = app.MapGroup("/api/settings/mail-logo").WithTags("Settings").RequireAuthorization(Permissions.SettingsManage);
        logo.MapGet("", async (Settings settings, CancellationToken ct) => new LogoBody((await settings.Get(MailLogo.Key, ct)).Value.Picture)).Produces<LogoBody>();
        logo.MapPut("", async (LogoBody body, HttpContext context, Settings settings, CancellationToken ct) => (await MailLogo.Set(settings, context.Actor(), body.Picture, ct)).Map(s => new LogoBody(s.Value.Picture)).ToResult()).Produces<LogoBody>();

        // Mail programs press this by themselves, with no cookie and no form of ours; people who open it get a page that asks.
        app.MapPost("/api/unsubscribe", async (string? token, PreferenceActions preferences, CancellationToken ct) => (await preferences.Unsubscribe(token, ct)).Map(title => new { title }).ToResult()).WithTags("E-mail").RequireAuthorization(Policies.Anyone);
        app.MapGet("/api/unsubscribe", (string? token) => Results.Redirect($"/account/unsubscribe?token={Uri.EscapeDataString(token ?? "")}")).WithTags("E-mail").RequireAuthorization(Policies.Anyone).ExcludeFromDescription();
        app.MapPost("/api/inbound/mail", Inbound).WithTags("E-mail").RequireAuthorization(Policies.Anyone);
    }

    private static Guid IdOf(string id) => Guid.TryParse(id, out var mail) ? mail : Guid.Empty;

    private static IResult Empty(Outcome<Done> outcome) => outcome.Ok ? Results.NoContent() : outcome.Refusal.ToResult();

    private static readonly Refusal WrongSecret = new(RefusalKind.Unauthenticated, "unauthenticated", "The header X-Inbound-Secret is missing or wrong.");

    // Refused mails are answered with 200 too: a provider that is told otherwise sends them again and again.
    private static async Task<IResult> Inbound(HttpContext context, InboundActions inbound, CancellationToken ct)
    {
        if (!inbound.Knows(context.Request.Headers["X-Inbound-Secret"])) return WrongSecret.ToResult();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = InboundActions.Longest;
        using var raw = new MemoryStream();
        await context.Request.Body.CopyToAsync(raw, ct);
        var refused = await inbound.Take(raw.ToArray(), ct);
        return Results.Ok(new { taken = refused is null, reason = refused });
    }
}

/// <param name="Picture">A PNG or JPEG of at most 64 kB, in Base64; null for none.</param>
public sealed record LogoBody(byte[]? Picture);

public sealed record ChannelBody(Channel? Channel);

/// <param name="Own">By language and kind, such as <c>en/received</c>: what is not there is as a new installation has it.</param>
/// <param name="Version">As with business hours.</param>
public sealed record TemplatesBody(string? Brand, string? Language, IReadOnlyDictionary<string, MailTemplate>? Own, int? Version = null)
{
    internal static TemplatesBody Of(Setting<MailTemplates> set) => new(set.Value.Brand, set.Value.Language, set.Value.Own, set.Version);
}
