using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class LastAdminTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_admin_stays_and_of_two_who_remove_each_other_one_does()
    {
        await using var node = await TestNode.Start(await world.NewDatabase());
        var accounts = node.The<AccountActions>();
        var first = await People.ActorOf(node, "admin@demo.test");

        Assert.Equal("last_admin", (await accounts.Disable(first, first.Id, Ct)).Refusal?.Code);
        Assert.Equal("last_admin", (await accounts.SetRoles(first, first.Id, [Roles.Manager], Ct)).Refusal?.Code);
        (await accounts.SetRoles(first, first.Id, [Roles.Admin, Roles.Agent], Ct)).Must();

        var second = await People.ActorOf(node, await People.New(node, Roles.Admin));
        var outcomes = await Task.WhenAll(accounts.Disable(first, second.Id, Ct), accounts.SetRoles(second, first.Id, [Roles.Customer], Ct));

        Assert.Single(outcomes, o => o.Ok);
        Assert.Equal("last_admin", Assert.Single(outcomes, o => !o.Ok).Refusal!.Code);
    }

    [Fact]
    public async Task Of_many_who_remove_each_other_at_once_over_two_nodes_one_admin_stays()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database);
        await using var b = await TestNode.Start(database);
        var admins = new List<Actor> { await People.ActorOf(a, "admin@demo.test") };
        for (var n = 0; n < 4; n++) admins.Add(await People.ActorOf(a, await People.New(a, Roles.Admin)));

        // Each is removed by the next one, in another way, and not one of them knows of the others.
        var outcomes = await Task.WhenAll(admins.Select((admin, n) => (n % 3) switch
        {
            0 => (n % 2 == 0 ? a : b).The<AccountActions>().Disable(admins[(n + 1) % admins.Count], admin.Id, Ct),
            1 => (n % 2 == 0 ? a : b).The<AccountActions>().SetRoles(admins[(n + 1) % admins.Count], admin.Id, [Roles.Manager], Ct),
            _ => (n % 2 == 0 ? a : b).The<AccountActions>().SetRoles(admins[(n + 1) % admins.Count], admin.Id, [Roles.Customer, Roles.Agent], Ct),
        }));

        Assert.Equal("last_admin", Assert.Single(outcomes, o => !o.Ok).Refusal!.Code);
        Assert.Equal(admins.Count - 1, outcomes.Count(o => o.Ok));
    }

    [Fact]
    public async Task Who_has_not_accepted_the_invitation_or_is_disabled_is_no_other_admin()
    {
        await using var node = await TestNode.Start(await world.NewDatabase());
        var accounts = node.The<AccountActions>();
        var first = await People.ActorOf(node, "admin@demo.test");
        (await accounts.Invite(first, "second@people.test", null, [Roles.Admin], Ct)).Must();
        var third = await People.New(node, Roles.Admin);
        (await accounts.Disable(first, third.Id, Ct)).Must();

        Assert.Equal("last_admin", (await accounts.Disable(first, first.Id, Ct)).Refusal?.Code);

        (await accounts.Enable(first, third.Id, Ct)).Must();
        (await accounts.Disable(first, first.Id, Ct)).Must();
    }
}
