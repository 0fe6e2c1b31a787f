using System.Collections.Frozen;
using SupportLive.Core.Accounts;
using SupportLive.Web.Shell;
using Xunit;

namespace SupportLive.Tests.Shell;

/// <summary>Who finds what in the navigation.</summary>
public sealed class PlacesTests
{
    [Theory]
    [InlineData(Roles.Customer, "/tickets", "My tickets")]
    [InlineData(Roles.Agent, "/desk", "Desk")]
    [InlineData(Roles.Manager, "/admin", "Overview Desk")]
    public void A_role_finds_its_places_and_its_own_first(string role, string home, string first)
    {
        var actor = new Actor(Guid.NewGuid(), "Somebody", role, Roles.Grants[role].ToFrozenSet(StringComparer.Ordinal));

        Assert.Equal(home, Places.Home(actor));
        Assert.StartsWith(first, string.Join(' ', Places.For(actor).Select(p => p.Name)), StringComparison.Ordinal);
        Assert.All(Places.For(actor), p => Assert.True(p.Permission is null || actor.May(p.Permission)));
    }

    [Fact]
    public void A_role_of_ones_own_that_only_works_on_tickets_has_no_way_to_settings()
    {
        var actor = new Actor(Guid.NewGuid(), "Somebody", "helper", new[] { Permissions.TicketsRead, Permissions.TicketsWork }.ToFrozenSet(StringComparer.Ordinal));

        Assert.Equal(["/desk"], Places.For(actor).Select(p => p.Path));
    }
}
