using System.Diagnostics;
using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Outbound;
using Xunit;

namespace SupportLive.Tests.Accounts;

/// <summary>What a role allows is changed while its holders work on another node.</summary>
[Trait("Category", "Nodes")]
public sealed class ChangedRightsTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string[] Before = [Permissions.TicketsRead, Permissions.TicketsWork, Permissions.ChatsRead, Permissions.ReportsRead];

    private async Task<(string Role, Person Holder)> Holder()
    {
        var role = $"r-{Guid.NewGuid():N}"[..20];
        await Put(role, Before);
        return (role, await People.New(desk.A, role));
    }

    private async Task Put(string role, string[] permissions) => (await desk.A.The<RoleActions>().Put(await People.ActorOf(desk.A, desk.People.Admin), role, permissions, null, Ct)).Must();

    [Fact]
    public async Task Open_hub_page_and_token_on_the_other_node_have_the_new_rights_within_five_seconds()
    {
        var (role, holder) = await Holder();
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var hub = await desk.B.Connect(holder);
        await using var bystander = await desk.B.Connect(desk.People.OtherAgent);
        await using var page = await Circuit.Of(desk.B, holder);
        await using var other = await Circuit.Of(desk.B, desk.People.OtherAgent);
        page.Render<NotificationsPane>(_ => { });
        other.Render<NotificationsPane>(_ => { });
        await hub.Join(ticket);
        (await desk.B.As(holder).Get("/api/agents")).Must();
        var since = Stopwatch.StartNew();

        await Put(role, [Permissions.ReportsRead]);

        await hub.Closed.WaitAsync(Eventually.Deadline, Ct); // and comes back with the same token
        await Eventually.True(async () => (await desk.B.As(holder).Get("/api/agents")).Status == HttpStatusCode.Forbidden, "the token opens this door no more");
        await Eventually.True(() => Task.FromResult(page.Reloads > 0), "the page loads again");
        Assert.True(since.Elapsed < Promise, $"It took {since.Elapsed}.");

        Assert.Equal([Permissions.ReportsRead], (await desk.B.As(holder).Get("/api/me")).Must()["permissions"]!.AsArray().Select(p => p!.GetValue<string>())); // still logged in
        await using var again = await desk.B.Connect(holder);
        (await again.Call("join", ticket, null, null)).Refused("not_found");
        await bystander.Join(ticket);
        Assert.Equal(0, other.Reloads);
    }

    [Fact]
    public async Task A_lost_signal_costs_a_few_seconds()
    {
        var (role, holder) = await Holder();
        await using var hub = await desk.B.Connect(holder);
        await using var silent = desk.A.The<Npgsql.NpgsqlDataSource>().CreateCommand(
            $"""
            delete from role_claims where claim_value = 'tickets.read.any' and role_id = (select id from roles where name = '{role}');
            update accounts set access_changed_at = now() where id = '{holder.Id}'
            """);
        await silent.ExecuteNonQueryAsync(Ct);

        await hub.Closed.WaitAsync(Eventually.Deadline, Ct);
    }

    [Fact]
    public async Task Logging_somebody_out_everywhere_ends_all_log_ins_and_the_next_one_is_good()
    {
        var person = await People.New(desk.A, Roles.Agent);
        var tokens = (await desk.A.Anonymous.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Must();
        await using var hub = await desk.B.Connect(person);
        await using var bystander = await desk.B.Connect(desk.People.OtherAgent);
        await using var page = await Circuit.Of(desk.B, person);
        page.Render<NotificationsPane>(_ => { });

        (await desk.A.As(desk.People.Manager).Post($"/api/users/{person.Id}/log-out")).Must(HttpStatusCode.NoContent);

        await hub.Hear("access_ended", p => p["ticketId"] is null);
        await hub.Closed.WaitAsync(Eventually.Deadline, Ct);
        await Eventually.True(async () => (await desk.B.As(person).Get("/api/me")).Status == HttpStatusCode.Unauthorized, "the token ends");
        await Eventually.True(() => Task.FromResult(page.Reloads > 0), "the page ends");
        (await desk.B.Anonymous.Post("/api/auth/refresh", new { refreshToken = tokens["refreshToken"]!.GetValue<string>() })).Refused(HttpStatusCode.Unauthorized, "refresh_token_invalid");
        await People.LogIn(desk.B, person.Email);
        Assert.DoesNotContain(bystander.Events, e => e.Name == "access_ended");
    }

    [Fact]
    public async Task Ten_thousand_holders_are_told_by_one_signal()
    {
        var database = await desk.World.NewDatabase();
        await using var a = await TestNode.Start(database);
        await using var b = await TestNode.Start(database);
        var (roles, admin) = (a.The<RoleActions>(), await People.ActorOf(a, "admin@demo.test"));
        (await roles.Put(admin, "crowd", [Permissions.ReportsRead], 0, Ct)).Must();
        var holder = await People.New(a, "crowd");
        await using var many = a.The<Npgsql.NpgsqlDataSource>().CreateCommand(
            """
            with people as (
                insert into accounts (id, display_name, created_at, access_changed_at, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
                select gen_random_uuid(), 'Holder ' || n, now(), now() - interval '1 day', n, 'MANY' || n, n || '@many.test', n || '@MANY.TEST', false, false, false, true, 0 from generate_series(1, 10000) n returning id
            )
            insert into account_roles (user_id, role_id) select p.id, r.id from people p, roles r where r.name = 'crowd'
            """);
        await many.ExecuteNonQueryAsync(Ct);
        await using var hub = await b.Connect(holder);
        var since = Stopwatch.StartNew();

        (await roles.Put(admin, "crowd", [Permissions.SystemRead], null, Ct)).Must();

        var put = since.ElapsedMilliseconds;
        await hub.Closed.WaitAsync(Eventually.Deadline, Ct);
        TestContext.Current.TestOutputHelper!.WriteLine($"Ten thousand holders: changed after {put} ms, told on the other node after {since.ElapsedMilliseconds} ms");
        Assert.True(since.Elapsed < Promise, $"It took {since.Elapsed}.");

        // And they are found again quickly, by a part of a name.
        var rest = b.As(await People.LogIn(b, "admin@demo.test"));
        foreach (var query in (string[])["q=holder+9876", "q=9876%40many", "role=crowd", "q=nobody-at-all", "q=%25"])
        {
            since.Restart();
            (await rest.Get($"/api/users?{query}")).Must();
            TestContext.Current.TestOutputHelper!.WriteLine($"{query}: {since.ElapsedMilliseconds} ms");
        }
    }
}
