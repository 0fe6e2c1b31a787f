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
}
