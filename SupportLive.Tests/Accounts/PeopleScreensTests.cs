using Bunit;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Accounts;
using Xunit;
using TestContext = Xunit.TestContext;

namespace SupportLive.Tests.Accounts;

/// <summary>The screens of people and roles, on another node than the one where things change.</summary>
[Trait("Category", "Nodes")]
public sealed class PeopleScreensTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<Actor> Admin => People.ActorOf(desk.A, desk.People.Admin);

    [Fact]
    public async Task What_another_admin_does_to_a_person_shows_without_a_reload()
    {
        var person = await People.New(desk.A, Roles.Agent, $"Pia {Guid.NewGuid():N}"[..20]);
        await using var circuit = await Circuit.Of(desk.B, desk.People.Manager);
        var page = circuit.Render<UsersPane>(_ => { });
        await page.Find("input[type=search]").InputAsync(new() { Value = person.Email });
        await page.WaitForStateAsync(() => page.FindAll("button.person").Count == 1, Eventually.Deadline);
        Assert.DoesNotContain("Disabled", page.Markup, StringComparison.Ordinal);

        (await desk.A.The<AccountActions>().Disable(await Admin, person.Id, Ct)).Must();

        await page.WaitForStateAsync(() => page.Find("button.person").TextContent.Contains("Disabled", StringComparison.Ordinal), Eventually.Deadline);
        Assert.Equal(0, circuit.Reloads);
    }

    [Fact]
    public async Task A_role_that_somebody_makes_appears_in_the_grid_and_own_ticks_stay()
    {
        await using var circuit = await Circuit.Of(desk.B, desk.People.Admin);
        var page = circuit.Render<RolesPane>(_ => { });
        await page.WaitForStateAsync(() => page.FindAll("thead th").Count > 4, Eventually.Deadline);
        await page.Find("input[aria-label^='manager: See the state']").ChangeAsync(new() { Value = true });
        var role = $"r-{Guid.NewGuid():N}"[..20];

        (await desk.A.The<RoleActions>().Put(await Admin, role, [Permissions.ReportsRead], 0, Ct)).Must();

        await page.WaitForStateAsync(() => page.Markup.Contains(role, StringComparison.Ordinal), Eventually.Deadline);
        Assert.Contains("Changed:", page.Markup, StringComparison.Ordinal);
        Assert.True(page.Find("input[aria-label^='manager: See the state']").HasAttribute("checked"));
    }

    [Fact]
    public void Ticks_bring_the_sight_of_tickets_with_them_and_lose_it_with_it()
    {
        var role = new RoleView("own", [Permissions.ReportsRead], BuiltIn: false, Fixed: false, 0, 3);
        var state = new RolesState();
        state.Load([role]);

        state.Toggle(role, Permissions.TicketsWork);
        Assert.True(state.Allows(role, Permissions.TicketsRead));
        Assert.Equal((3, 3), (state.Change("own").Permissions.Count, state.Change("own").Version));

        state.Toggle(role, Permissions.TicketsRead);
        Assert.False(state.HasChanges); // back where it was
    }

    [Fact]
    public void A_tick_was_decided_on_the_version_that_was_seen_then()
    {
        var role = new RoleView("own", [Permissions.ReportsRead], BuiltIn: false, Fixed: false, 0, 3);
        var state = new RolesState();
        state.Load([role]);
        state.Toggle(role, Permissions.AuditRead);

        state.Load([role with { Permissions = [Permissions.SystemRead], Version = 4 }]);
        Assert.Equal(3, state.Change("own").Version); // which is stale, and is told so

        state.Forget("own");
        Assert.True(state.Allows(state.Roles[0], Permissions.SystemRead));
        state.Load([]);
        Assert.False(state.HasChanges);
    }
}
