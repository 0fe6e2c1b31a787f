using System.Diagnostics;
using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

/// <summary>Whoever loses an account or a role is out within five seconds, on every node.</summary>
[Trait("Category", "Nodes")]
public sealed class LosingAccessTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("disabled")]
    [InlineData("made a customer")]
    public async Task Open_connections_and_tokens_end_on_both_nodes(string what)
    {
        var agent = await People.New(desk.A, Roles.Agent);
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, agent);
        await using var onA = await desk.A.Connect(agent);
        await using var onB = await desk.B.Connect(agent);
        await onA.Join(ticket);
        await onB.Join(ticket);
        await using var bystander = await desk.B.Connect(desk.People.OtherAgent);
        var since = Stopwatch.StartNew();

        (await Change(agent, what)).Must();

        foreach (var (client, node) in new[] { (onA, desk.A), (onB, desk.B) })
        {
            await client.Hear("access_ended", p => p["ticketId"] is null);
            await client.Closed.WaitAsync(Eventually.Deadline, Ct);
            await Eventually.True(async () => (await node.As(agent).Get("/api/me")).Status == HttpStatusCode.Unauthorized, "the token ends");
            Assert.Equal(401, await node.KnockFrom(null, null, $"?access_token={agent.Token}"));
        }

        Assert.True(since.Elapsed < Promise, $"It took {since.Elapsed}.");
        (await desk.A.Say(desk.People.Customer, ticket, "Who hears me?")).Must(HttpStatusCode.Created);
        await bystander.Join(ticket);
        Assert.DoesNotContain(onB.Events, e => e.Name == "message");
        Assert.DoesNotContain(bystander.Events, e => e.Name == "access_ended");
    }

    private async Task<Outcome<Done>> Change(Person person, string what)
    {
        var (accounts, admin) = (desk.A.The<AccountActions>(), await People.ActorOf(desk.A, desk.People.Admin));
        return what == "disabled" ? await accounts.Disable(admin, person.Id, Ct) : await accounts.SetRoles(admin, person.Id, [Roles.Customer], Ct);
    }

    [Fact]
    public async Task A_new_role_counts_from_the_next_log_in_on_and_the_old_refresh_token_is_dead()
    {
        var agent = await People.New(desk.A, Roles.Agent);
        var tokens = (await desk.A.Anonymous.Post("/api/auth/login", new { email = agent.Email, password = People.Password })).Must();
        (await Change(agent, "made a customer")).Must();

        (await desk.B.Anonymous.Post("/api/auth/refresh", new { refreshToken = tokens["refreshToken"]!.GetValue<string>() })).Refused(HttpStatusCode.Unauthorized, "refresh_token_invalid");

        var customer = await People.LogIn(desk.B, agent.Email);
        var ticket = await desk.A.OpenTicket(desk.People.Customer);
        (await desk.B.As(customer).Get($"/api/tickets/{ticket}")).Refused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_disabled_account_cannot_log_in_and_an_enabled_one_can_again()
    {
        var person = await People.NewCustomer(desk.A);
        var admin = await People.ActorOf(desk.A, desk.People.Admin);
        (await Change(person, "disabled")).Must();
        (await desk.B.Anonymous.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Refused(HttpStatusCode.Unauthorized, "login_failed");

        (await desk.A.The<AccountActions>().Enable(admin, person.Id, Ct)).Must();

        await People.LogIn(desk.B, person.Email);
    }

    [Fact]
    public async Task Only_an_admin_touches_admins_and_nobody_without_the_permission_touches_anybody()
    {
        var accounts = desk.A.The<AccountActions>();
        var (admin, manager, agent) = (await People.ActorOf(desk.A, desk.People.Admin), await People.ActorOf(desk.A, desk.People.Manager), await People.ActorOf(desk.A, desk.People.Agent));
        var person = await People.NewCustomer(desk.A);

        Assert.Equal("forbidden", (await accounts.Disable(agent, person.Id, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await accounts.SetRoles(manager, person.Id, [Roles.Admin], Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await accounts.Disable(manager, admin.Id, Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await accounts.SetRoles(manager, admin.Id, [Roles.Customer], Ct)).Refusal?.Code);
        Assert.Equal("invalid", (await accounts.SetRoles(admin, person.Id, ["king"], Ct)).Refusal?.Code);
        Assert.Equal("invalid", (await accounts.SetRoles(admin, person.Id, [], Ct)).Refusal?.Code);
        Assert.Equal("not_found", (await accounts.Disable(admin, Guid.NewGuid(), Ct)).Refusal?.Code);
        (await desk.B.As(person).Get("/api/me")).Must();
        (await accounts.SetRoles(manager, person.Id, [Roles.Agent], Ct)).Must();
    }
}
