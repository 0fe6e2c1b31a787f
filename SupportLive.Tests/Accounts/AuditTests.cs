using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class AuditTests(OwnNode desk) : IClassFixture<OwnNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Rest Admin => desk.Node.As(desk.People.Admin);

    private async Task<IReadOnlyList<JsonNode>> Lines(string query = "") => [.. (await Admin.Get($"/api/audit{query}")).Must()["items"]!.AsArray().Select(l => l!)];

    private async Task<JsonNode> Last(string act) => (await Lines($"?act={act}"))[0];

    [Theory]
    [InlineData("update audit set actor = 'nobody'")]
    [InlineData("update audit set actor = 'nobody' where id = -1")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    [InlineData("set session_replication_role = replica; delete from audit")]
    public async Task No_line_can_be_changed_or_taken_away(string sql)
    {
        var before = (await Lines())[0]["id"]!.GetValue<long>();
        await using var command = desk.Node.The<NpgsqlDataSource>().CreateCommand($"begin; {sql}");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Contains("only grows", refused.MessageText, StringComparison.Ordinal);
        Assert.Contains(await Lines(), l => l["id"]!.GetValue<long>() == before);
    }

    [Fact]
    public async Task Each_act_says_who_what_before_after_and_from_where()
    {
        var person = await People.NewCustomer(desk.Node, "Olga Object");

        (await Admin.Put($"/api/users/{person.Id}/roles", new { roles = (string[])["agent"] })).Must(HttpStatusCode.NoContent);

        var line = await Last(Acts.RolesChanged);
        Assert.Equal(desk.People.Admin.Id, line["actor"]!["id"]!.GetValue<Guid>());
        Assert.Equal(desk.People.Admin.Name, line["actor"]!["displayName"]!.GetValue<string>());
        Assert.Equal("127.0.0.1", line["from"]!.GetValue<string>());
        Assert.Equal(("account", person.Id.ToString()), (line["subject"]!["kind"]!.GetValue<string>(), line["subject"]!["id"]!.GetValue<string>()));
        Assert.Equal(("""{"roles":["customer"]}""", """{"roles":["agent"]}"""), (line["before"]!.ToJsonString(), line["after"]!.ToJsonString()));
        Assert.True(line["at"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UtcNow.AddMinutes(-5));
    }

    [Fact]
    public async Task Every_administrative_act_leaves_one_line_and_what_changes_nothing_leaves_none()
    {
        var agent = await People.New(desk.Node, Roles.Agent);
        var role = $"r-{Guid.NewGuid():N}"[..20];
        var category = (await Admin.Post("/api/categories", new { name = $"Audited {Guid.NewGuid():N}"[..30] })).Must(HttpStatusCode.Created)["key"]!.GetValue<string>();
        var view = (await Admin.Post("/api/views", new { name = "Audited", query = "priority=high", shared = true })).Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();
        object Rule(string name) => new { name, enabled = false, when = new { waitingFor = "reply" }, afterMinutes = 5, hours = "always", then = (object[])[new { action = "escalate" }] };
        var rule = (await Admin.Post("/api/escalation-rules", Rule("Audited"))).Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();
        (string Act, Func<Task<Answer>> Do)[] acts =
        [
            (Acts.AccountDisabled, () => Admin.Post($"/api/users/{agent.Id}/disable")),
            (Acts.AccountEnabled, () => Admin.Post($"/api/users/{agent.Id}/enable")),
            (Acts.RolesChanged, () => Admin.Put($"/api/users/{agent.Id}/roles", new { roles = (string[])["agent", "customer"] })),
            (Acts.RoleCreated, () => Admin.Put($"/api/roles/{role}", new { permissions = (string[])["reports.read"] })),
            (Acts.RoleChanged, () => Admin.Put($"/api/roles/{role}", new { permissions = (string[])["system.read"] })),
            (Acts.CategoryChanged, () => Admin.Put($"/api/categories/{category}", new { retired = true })),
            (Acts.ViewChanged, () => Admin.Put($"/api/views/{view}", new { name = "Audited", query = "priority=low", shared = true })),
        ];
        foreach (var (act, perform) in acts)
        {
            (await perform()).Must(act.StartsWith("acc", StringComparison.Ordinal) || act == Acts.RolesChanged ? HttpStatusCode.NoContent : HttpStatusCode.OK);
            var line = (await Lines())[0];
            Assert.Equal(act, line["act"]!.GetValue<string>());
            if (act is Acts.ViewChanged) continue; // whose version moves, whatever was changed
            await perform();
            Assert.Equal(line["id"]!.GetValue<long>(), (await Lines())[0]["id"]!.GetValue<long>());
        }

        (string Act, Func<Task<Answer>> Do)[] always =
        [
            (Acts.LoggedOutEverywhere, () => Admin.Post($"/api/users/{agent.Id}/log-out")),
            (Acts.AgentChanged, () => Admin.Put($"/api/users/{agent.Id}/agent", new { capacity = 3 })),
            (Acts.RoleDeleted, () => Admin.Send(HttpMethod.Delete, $"/api/roles/{role}", null)),
            (Acts.AccountInvited, () => Admin.Post("/api/users", new { email = $"{Guid.NewGuid():N}@people.test", roles = (string[])["agent"] })),
            (Acts.AccountCreated, () => Admin.Post("/api/users", new { email = $"{Guid.NewGuid():N}@people.test", displayName = "Made", password = People.Password, roles = (string[])["agent"] })),
            (Acts.AccountRegistered, () => desk.Node.Anonymous.Post("/api/auth/register", new { email = $"{Guid.NewGuid():N}@people.test", password = People.Password, displayName = "Reg" })),
            (Acts.SettingChanged, () => Admin.Put("/api/settings/limits", new { messagesPerSecond = 60 })),
            (Acts.SettingChanged, () => Admin.Put("/api/settings/retention", new { notificationDays = 91 })),
            (Acts.SettingChanged, () => Admin.Put("/api/settings/targets", new { hours = "business", closeAfterDays = 7 })),
            (Acts.RuleChanged, () => Admin.Put($"/api/escalation-rules/{rule}", Rule("Audited twice"))),
            (Acts.RuleDeleted, () => Admin.Send(HttpMethod.Delete, $"/api/escalation-rules/{rule}", null)),
            (Acts.ViewDeleted, () => Admin.Send(HttpMethod.Delete, $"/api/views/{view}", null)),
            (Acts.Login, () => desk.Node.Anonymous.Post("/api/auth/login", new { email = desk.People.Customer.Email, password = People.Password })),
            (Acts.AuditExported, () => Admin.Get("/api/audit.csv?act=login_failed")),
        ];
        foreach (var (act, perform) in always)
        {
            var before = (await Lines())[0]["id"]!.GetValue<long>();
            Assert.InRange((int)(await perform()).Status, 200, 204);
            Assert.Equal(act, Assert.Single(await Lines(), l => l["id"]!.GetValue<long>() > before)["act"]!.GetValue<string>());
        }

        await Admin.Put("/api/settings/limits", new { });
    }

    [Fact]
    public async Task What_is_refused_leaves_no_line()
    {
        var before = (await Lines())[0]["id"]!.GetValue<long>();

        foreach (var refused in (Answer[])
        [
            await desk.Node.As(desk.People.Agent).Post($"/api/users/{desk.People.Customer.Id}/disable"), await desk.Node.As(desk.People.Manager).Post($"/api/users/{desk.People.Admin.Id}/disable"),
            await Admin.Post($"/api/users/{desk.People.Admin.Id}/disable"), await Admin.Put("/api/roles/admin", new { permissions = (string[])["reports.read"] }),
            await Admin.Put("/api/settings/limits", new { authPerMinute = -1 }), await Admin.Put("/api/settings/limits", new { authPerMinute = 50, version = 999 }),
            await Admin.Put("/api/categories/never-made", new { name = "X" }), await Admin.Post("/api/users", new { email = "customer@demo.test", roles = (string[])["agent"] }),
            await Admin.Post("/api/escalation-rules", new { name = "" }), await desk.Node.As(desk.People.Agent).Get("/api/audit.csv"),
        ]) Assert.InRange((int)refused.Status, 400, 409);

        Assert.Equal(before, (await Lines())[0]["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task Failed_log_ins_name_the_address_and_the_lock_and_never_the_password()
    {
        var person = await People.NewCustomer(desk.Node, "Lotte Locked");
        var typed = $"{Guid.NewGuid():N}@nobody.test";
        await desk.Node.Anonymous.Post("/api/auth/login", new { email = typed, password = "my-secret-password" });
        await desk.Node.Anonymous.Post("/api/auth/login", new { email = new string('y', 5000) + "\u0001\0", password = "my-secret-password" });
        for (var n = 0; n < 6; n++) await desk.Node.Anonymous.Post("/api/auth/login", new { email = person.Email, password = "my-secret-password" });

        var unknown = Assert.Single(await Lines($"?act=login_failed&q={typed}"));
        Assert.Equal((typed, "unknown_address"), (unknown["subject"]!["name"]!.GetValue<string>(), unknown["after"]!["reason"]!.GetValue<string>()));
        Assert.Null(unknown["actor"]);
        Assert.Contains(await Lines("?act=login_failed&q=yyyyyyyy"), l => l["subject"]!["name"]!.GetValue<string>().Length == 254);
        var mine = await Lines($"?q={person.Email}");
        Assert.Equal(6, mine.Count(l => l["act"]!.GetValue<string>() == Acts.LoginFailed));
        Assert.Single(mine, l => l["act"]!.GetValue<string>() == Acts.LockedOut);
        Assert.Equal("locked_out", mine[0]["after"]!["reason"]!.GetValue<string>());
        foreach (var secret in (string[])["my-secret", People.Password, "AQAAAA"])
            Assert.DoesNotContain(secret, string.Concat((await Lines()).Select(l => l.ToJsonString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("act=flying", "act")]
    [InlineData("actor=me", "actor")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-01&to=2026-01-01", "to")]
    [InlineData("cursor=abc", "cursor")]
    public async Task A_filter_that_makes_no_sense_is_refused_with_its_field(string query, string field) =>
        Assert.NotNull((await Admin.Get($"/api/audit?{query}")).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]);
}
