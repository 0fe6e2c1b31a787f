using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class RoleTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RoleActions Actions => desk.Node.The<RoleActions>();

    private AccountActions Accounts => desk.Node.The<AccountActions>();

    private Task<Actor> Admin => People.ActorOf(desk.Node, desk.People.Admin);

    private static string Name() => $"r-{Guid.NewGuid():N}"[..20];

    /// <summary>Somebody who may do this and nothing else.</summary>
    private async Task<Person> Holder(params string[] permissions)
    {
        var role = Name();
        (await Actions.Put(await Admin, role, permissions, 0, Ct)).Must();
        return await People.New(desk.Node, role);
    }

    [Fact]
    public async Task A_role_of_ones_own_lets_its_holder_through_the_doors_that_it_names()
    {
        var reader = await Holder(Permissions.AuditRead);

        (await desk.Node.As(reader).Get("/api/audit")).Must();
        (await desk.Node.As(reader).Get("/api/users")).Refused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal([Permissions.AuditRead], (await desk.Node.As(reader).Get("/api/me")).Must()["permissions"]!.AsArray().Select(p => p!.GetValue<string>()));
    }

    [Theory]
    [InlineData("Night", "tickets.read.any", "name")]
    [InlineData("n", "tickets.read.any", "name")]
    [InlineData("night\n", "tickets.read.any", "name")]
    [InlineData("-night", "tickets.read.any", "name")]
    [InlineData("night shift", "tickets.read.any", "name")]
    [InlineData("night", "tickets.fly", "permissions")]
    [InlineData("night", "", "permissions")]
    [InlineData("night", null, "permissions")]
    [InlineData("night", "tickets.work", "permissions")]
    public async Task A_role_that_makes_no_sense_is_refused_with_its_field(string name, string? permission, string field)
    {
        var refusal = (await Actions.Put(await Admin, name, permission is null ? [] : [permission], null, Ct)).Refusal!;

        Assert.Equal("invalid", refusal.Code);
        Assert.Contains(field, refusal.Fields!.Keys);
    }

    [Fact]
    public async Task Names_of_ten_thousand_characters_are_refused_and_not_repeated()
    {
        var admin = await Admin;
        var huge = new string('x', 10_000);

        Assert.Equal("invalid", (await Actions.Put(admin, huge, [Permissions.ReportsRead], null, Ct)).Refusal?.Code);
        Assert.Equal("not_found", (await Actions.Delete(admin, huge, Ct)).Refusal?.Code);
        foreach (var answer in (Answer[])
        [
            await desk.Node.As(desk.People.Admin).Put($"/api/roles/night", new { permissions = (string[])[huge] }),
            await desk.Node.As(desk.People.Admin).Put($"/api/users/{desk.People.Customer.Id}/roles", new { roles = (string[])[huge] }),
            await desk.Node.As(desk.People.Admin).Post("/api/users", new { email = $"{huge}@people.test", roles = (string[])["agent"] }),
            await desk.Node.As(desk.People.Admin).Post("/api/users", new { email = "huge@people.test", displayName = huge, roles = (string[])["agent"] }),
            await desk.Node.As(desk.People.Admin).Get($"/api/users?q={huge[..5000]}"), await desk.Node.As(desk.People.Admin).Get($"/api/audit?q={huge[..5000]}"),
        ])
        {
            answer.Refused(HttpStatusCode.BadRequest, "invalid");
            Assert.True(answer.Text.Length < 2000, "It is not repeated.");
        }
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Customer)]
    public async Task Admins_always_may_everything_and_customers_are_customers(string role)
    {
        Assert.Equal("role_fixed", (await Actions.Put(await Admin, role, [Permissions.TicketsRead], null, Ct)).Refusal?.Code);
        Assert.Equal("role_fixed", (await Actions.Delete(await Admin, role, Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_grants_what_they_do_not_have_to_a_role_or_to_a_person()
    {
        var actor = await People.ActorOf(desk.Node, await Holder(Permissions.UsersManage, Permissions.RolesManage, Permissions.ReportsRead));
        var (mine, more) = (Name(), Name());
        (await Actions.Put(await Admin, more, [Permissions.AuditRead], null, Ct)).Must();
        var person = await People.NewCustomer(desk.Node);

        (await Actions.Put(actor, mine, [Permissions.ReportsRead], null, Ct)).Must();
        Assert.Equal("forbidden", (await Actions.Put(actor, mine, [Permissions.AuditRead], null, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Actions.Put(actor, more, [Permissions.ReportsRead], null, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Actions.Put(actor, Roles.Agent, [Permissions.ReportsRead], null, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Actions.Delete(actor, more, Ct)).Refusal?.Code);
        (await Accounts.SetRoles(actor, person.Id, [mine], Ct)).Must();
        Assert.Equal("forbidden", (await Accounts.SetRoles(actor, person.Id, [mine, more], Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Accounts.SetRoles(actor, actor.Id, [Roles.Manager], Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Accounts.Disable(actor, desk.People.Agent.Id, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Accounts.LogOutEverywhere(actor, desk.People.Manager.Id, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Accounts.Invite(actor, "more@people.test", null, [more], Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Accounts.Create(actor, "more@people.test", People.Password, "More", [Roles.Admin], Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task All_permissions_without_being_admin_do_not_make_an_admin()
    {
        var almost = await People.ActorOf(desk.Node, await Holder([.. Permissions.All]));

        Assert.Equal("forbidden", (await Accounts.SetRoles(almost, almost.Id, [Roles.Admin], Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await Accounts.Disable(almost, desk.People.Admin.Id, Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task A_role_that_somebody_has_stays_and_one_that_nobody_has_can_go()
    {
        var role = Name();
        (await Actions.Put(await Admin, role, [Permissions.ReportsRead], null, Ct)).Must();
        var person = await People.New(desk.Node, role);
        Assert.Equal("role_in_use", (await Actions.Delete(await Admin, role, Ct)).Refusal?.Code);
        (await Accounts.SetRoles(await Admin, person.Id, [Roles.Customer], Ct)).Must();

        (await desk.Node.As(desk.People.Admin).Send(HttpMethod.Delete, $"/api/roles/{role}", null)).Must(HttpStatusCode.NoContent);

        Assert.Equal("not_found", (await Actions.Delete(await Admin, role, Ct)).Refusal?.Code);
        Assert.Equal("invalid", (await Accounts.SetRoles(await Admin, person.Id, [role], Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task A_stale_change_of_a_role_says_who_was_faster_and_what_stands_now()
    {
        var role = Name();
        var admin = desk.Node.As(desk.People.Admin);
        var version = (await admin.Put($"/api/roles/{role}", new { permissions = (string[])["reports.read"], version = 0 })).Must()["version"]!.GetValue<int>();
        (await admin.Put($"/api/roles/{role}", new { permissions = (string[])["system.read"], version })).Must();

        var stale = (await admin.Put($"/api/roles/{role}", new { permissions = (string[])["audit.read"], version })).Refused(HttpStatusCode.Conflict, "stale_version");

        Assert.Equal(desk.People.Admin.Name, stale["by"]!["displayName"]!.GetValue<string>());
        Assert.Equal("system.read", stale["current"]!["permissions"]![0]!.GetValue<string>());
        Assert.Equal("stale_version", (await admin.Put($"/api/roles/{role}", new { permissions = (string[])["audit.read"], version = 0 })).Code);
    }

    [Fact]
    public async Task Fifty_roles_are_enough()
    {
        await using var node = await TestNode.Start(await desk.World.NewDatabase());
        var (roles, admin) = (node.The<RoleActions>(), await People.ActorOf(node, "admin@demo.test"));
        for (var n = 0; n < Roles.MostOwn; n++) (await roles.Put(admin, $"role-{n}", [Permissions.ReportsRead], 0, Ct)).Must();

        Assert.Equal("invalid", (await roles.Put(admin, "one-more", [Permissions.ReportsRead], 0, Ct)).Refusal?.Code);
        (await roles.Put(admin, "role-7", [Permissions.SystemRead], null, Ct)).Must();
    }
}
