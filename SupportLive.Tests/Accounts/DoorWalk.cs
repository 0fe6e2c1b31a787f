namespace SupportLive.Tests.Accounts;

/// <summary>
/// Every route, and what it answers to whom. The ticket is the customer's and the agent's; the stranger is another customer, the
/// colleague another agent.
/// </summary>
internal static class DoorWalk
{
    public static readonly string[] Visitors = ["nobody", "stranger", "colleague", "manager", "admin"];

    private const string Table =
        """
        method route                            nobody stranger colleague manager admin
        GET  /health/ready                      200 200 200 200 200
        GET  /openapi/{documentName}.json       200 200 200 200 200
        POST /api/auth/register                 201 201 201 201 201
        POST /api/auth/login                    200 200 200 200 200
        POST /api/auth/refresh                  401 401 401 401 401
        POST /api/auth/logout                   204 204 204 204 204
        GET  /api/system                        401 403 403 403 200
        GET  /api/system/bundle                 401 403 403 403 200
        GET  /api/me                            401 200 200 200 200
        GET  /api/antiforgery                   401 200 200 200 200
        GET  /api/users                         401 403 403 200 200
        POST /api/users                         401 403 403 201 201
        GET  /api/users/{id}                    401 403 403 200 200
        POST /api/users/{id}/log-out            401 403 403 204 204
        POST /api/users/{id}/invite             401 403 403 409 409
        GET  /api/roles                         401 403 403 403 200
        PUT  /api/roles/{name}                  401 403 403 403 200
        DELETE /api/roles/{name}                401 403 403 403 404
        GET  /api/audit                         401 403 403 403 200
        GET  /api/audit.csv                     401 403 403 403 200
        PUT  /api/users/{id}/roles              401 403 403 204 204
        POST /api/users/{id}/disable            401 403 403 204 204
        POST /api/users/{id}/enable             401 403 403 204 204
        GET  /api/categories                    401 200 200 200 200
        POST /api/categories                    401 403 403 201 201
        PUT  /api/categories/{key}              401 403 403 404 404
        GET  /api/settings/limits               401 403 403 200 200
        PUT  /api/settings/limits               401 403 403 200 200
        GET  /api/settings/retention            401 403 403 200 200
        PUT  /api/settings/retention            401 403 403 200 200
        GET  /api/settings/retention/preview    401 403 403 400 400
        POST /api/tickets                       401 201 201 201 201
        GET  /api/tickets                       401 200 200 200 200
        GET  /api/tickets/count                 401 200 200 200 200
        GET  /api/tickets/{id}                  401 404 200 200 200
        PATCH /api/tickets/{id}                 401 404 200 200 200
        POST /api/tickets/bulk                  401 403 200 200 200
        POST /api/tickets/{id}/merge            401 404 400 400 400
        POST /api/tickets/{id}/follow-up        401 404 403 403 403
        GET  /api/tickets/{id}/history          401 404 200 200 200
        POST /api/tickets/{id}/accept           401 404 409 409 409
        POST /api/tickets/{id}/reject           401 404 409 409 409
        POST /api/tickets/{id}/assign           401 404 403 200 200
        POST /api/tickets/{id}/release          401 404 403 200 200
        POST /api/tickets/{id}/escalate         401 404 200 200 200
        POST /api/tickets/{id}/resolve          401 404 403 200 200
        POST /api/tickets/{id}/reopen           401 404 409 409 409
        POST /api/tickets/{id}/close            401 404 403 200 200
        POST /api/tickets/{id}/rate             401 404 403 403 403
        POST /api/tickets/{id}/decline          401 404 409 409 409
        GET  /api/tickets/{id}/who              401 404 403 200 200
        GET  /api/tickets/{id}/why-me           401 404 200 200 200
        GET  /api/agents                        401 403 200 200 200
        POST /api/agents/me/presence            401 403 204 204 204
        PUT  /api/users/{id}/agent              401 403 403 404 404
        GET  /api/queue/position                401 404 404 404 404
        GET  /api/settings/assignment           401 403 403 200 200
        PUT  /api/settings/assignment           401 403 403 200 200
        GET  /api/views                         401 403 200 200 200
        POST /api/views                         401 403 201 201 201
        PUT  /api/views/{id}                    401 403 404 404 404
        DELETE /api/views/{id}                  401 403 404 404 404
        GET  /api/search                        401 400 400 400 400
        GET  /api/chats                         401 200 200 200 200
        GET  /api/chats/{ticketId}/messages     401 404 200 200 200
        POST /api/chats/{ticketId}/messages     401 404 403 403 403
        POST /api/chats/{ticketId}/read         401 404 204 204 204
        GET  /api/escalation-rules              401 403 403 200 200
        POST /api/escalation-rules              401 403 403 201 201
        PUT  /api/escalation-rules/{id}         401 403 403 404 404
        DELETE /api/escalation-rules/{id}       401 403 403 404 404
        GET  /api/settings/business-hours       401 403 403 200 200
        PUT  /api/settings/business-hours       401 403 403 200 200
        GET  /api/settings/targets              401 403 403 200 200
        PUT  /api/settings/targets              401 403 403 200 200
        GET  /api/reports/summary                401 403 403 200 200
        GET  /api/reports/summary.pdf            401 403 403 200 200
        GET  /api/reports/tickets.csv            401 403 403 200 200
        GET  /api/reports/schedules              401 403 403 200 200
        PUT  /api/reports/schedules              401 403 403 200 200
        GET  /api/notifications                 401 200 200 200 200
        POST /api/notifications/read            401 204 204 204 204
        GET  /api/notifications/preferences     401 200 200 200 200
        PUT  /api/notifications/preferences/{name} 401 400 400 400 400
        GET  /api/outbox                        401 403 403 200 200
        GET  /api/outbox/{id}                   401 403 403 404 404
        POST /api/outbox/{id}/send-again        401 403 403 404 404
        GET  /api/settings/mail-templates       401 403 403 200 200
        PUT  /api/settings/mail-templates       401 403 403 200 200
        GET  /api/settings/mail-logo            401 403 403 200 200
        PUT  /api/settings/mail-logo            401 403 403 200 200
        GET  /api/unsubscribe                   302 302 302 302 302
        POST /api/unsubscribe                   404 404 404 404 404
        POST /api/inbound/mail                  401 401 401 401 401
        ANY  /hubs/support                      401 400 400 400 400
        ANY  /hubs/support/negotiate            401 200 200 200 200
        """;

    public static IReadOnlyList<Door> Doors { get; } =
        [.. Table.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(w => new Door(w[0], w[1], [.. w[2..].Select(int.Parse)]))];

    /// <summary>Bodies that are right, so that only the visitor decides.</summary>
    public static object? Body(string route, Guid agent) => route switch
    {
        "/api/auth/register" => new { email = $"{Guid.NewGuid():N}@people.test", password = Nodes.People.Password, displayName = "Walker" },
        "/api/auth/login" => new { email = "customer@demo.test", password = Nodes.People.Password },
        "/api/escalation-rules" or "/api/escalation-rules/{id}" => new
        {
            name = "Walked",
            enabled = false,
            when = new { waitingFor = "reply" },
            afterMinutes = 5,
            hours = "always",
            then = (object[])[new { action = "escalate" }],
        },
        "/api/settings/business-hours" => new { timeZone = "UTC", week = new { mon = (string[][])[["09:00", "17:00"]] }, holidays = (string[])[] },
        "/api/reports/schedules" => new { items = (object[])[] },
        "/api/settings/targets" => new { hours = "business", closeAfterDays = 7 },
        "/api/auth/refresh" => new { refreshToken = "never-given" },
        "/api/tickets" => new { subject = "Hello", description = "World", category = "general", priority = "low" },
        "/api/users" => new { email = $"{Guid.NewGuid():N}@people.test", roles = (string[])["agent"] },
        "/api/roles/{name}" => new { permissions = (string[])["reports.read"] },
        "/api/categories" => new { name = $"Walked {Guid.NewGuid():N}"[..30] },
        "/api/categories/{key}" => new { name = "Walked" },
        "/api/settings/limits" => new { },
        "/api/settings/retention" => new { notificationDays = 90 },
        "/api/settings/mail-logo" => new { picture = (string?)null },
        "/api/settings/mail-templates" => new { brand = "SupportLive", language = "en" },
        "/api/notifications/preferences/{name}" => new { channel = "both" },
        "/api/users/{id}/roles" => new { roles = (string[])["customer"] },
        "/api/tickets/{id}" => new { priority = "low" },
        "/api/tickets/bulk" => new { ids = (string[])["1"], verb = "close" },
        "/api/tickets/{id}/merge" => new { into = "1" }, // for whoever may, there is no such ticket
        "/api/views" or "/api/views/{id}" => new { name = "Urgent ones", query = "priority=urgent&sort=waiting" },
        "/api/tickets/{id}/assign" => new { agentId = agent },
        "/api/agents/me/presence" => new { status = "available" },
        "/api/users/{id}/agent" => new { capacity = 3 },
        "/api/settings/assignment" => new { offerSeconds = 30 },
        "/api/tickets/{id}/rate" => new { score = 5 },
        "/api/tickets/{id}/reject" or "/api/tickets/{id}/escalate" => new { reason = "Because" },
        "/api/chats/{ticketId}/messages" => new { body = "Hello", clientId = Guid.NewGuid().ToString() },
        "/api/chats/{ticketId}/read" => new { seq = 1 },
        _ => null,
    };
}

internal sealed record Door(string Method, string Route, int[] Statuses);
