using Xunit;

namespace SupportLive.Tests.Nodes;

[Trait("Category", "Nodes")]
public sealed class FirstContactTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task What_is_said_on_one_node_is_heard_on_the_other()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var agent = await desk.B.Connect(desk.People.Agent);
        await agent.Join(ticket);

        (await desk.A.Say(desk.People.Customer, ticket, "Hello?")).Must(System.Net.HttpStatusCode.Created);

        await agent.HearMessage("Hello?");
    }
}
