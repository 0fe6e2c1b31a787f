using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class LastSeenTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<DateTimeOffset?> Seen(Person person)
    {
        await desk.Node.The<LastSeen>().Store(Ct);
        return (await desk.Node.As(desk.People.Admin).Get($"/api/users/{person.Id}")).Must()["lastSeenAt"]?.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task Whoever_calls_or_connects_was_here_and_it_is_written_once_a_minute()
    {
        var (caller, listener, absent) = (await People.NewCustomer(desk.Node), await People.NewCustomer(desk.Node), await People.NewCustomer(desk.Node));

        (await desk.Node.As(caller).Get("/api/me")).Must();
        await using var hub = await desk.Node.Connect(listener);

        var first = await Eventually.Get(() => Seen(caller), seen => seen is not null, "the call is written down");
        Assert.True(first > DateTimeOffset.UtcNow.AddMinutes(-1));
        await Eventually.Get(() => Seen(listener), seen => seen is not null, "the connection is written down");
        Assert.Null(await Seen(absent));
        (await desk.Node.As(caller).Get("/api/me")).Must();
        Assert.Equal(first, await Seen(caller));
    }
}
