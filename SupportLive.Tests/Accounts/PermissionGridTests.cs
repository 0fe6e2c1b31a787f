using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

/// <summary>Each permission by itself: who has all others stands before a closed door, who has it goes through.</summary>
public sealed class PermissionGridTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The door that is this permission's, with what it needs to be right; the ticket is the agent's.
    private static readonly IReadOnlyDictionary<string, (string Method, string Path, object? Body)> Doors = new Dictionary<string, (string, string, object?)>(StringComparer.Ordinal)
    {
        [Permissions.TicketsRead] = ("GET", "/api/agents", null),
        [Permissions.TicketsWork] = ("POST", "/api/agents/me/presence", new { status = "away" }),
        [Permissions.TicketsEdit] = ("PATCH", "/api/tickets/{ticket}", new { priority = "low" }),
        [Permissions.TicketsAssign] = ("POST", "/api/tickets/{ticket}/release", null),
        [Permissions.TicketsCloseAny] = ("POST", "/api/tickets/{ticket}/close", null),
        [Permissions.ChatsRead] = ("GET", "/api/chats/{ticket}/messages?feed=staff", null),
        [Permissions.UsersManage] = ("GET", "/api/users", null),
        [Permissions.RolesManage] = ("GET", "/api/roles", null),
        [Permissions.SettingsManage] = ("GET", "/api/settings/limits", null),
        [Permissions.AuditRead] = ("GET", "/api/audit", null),
    };

    public static TheoryData<string> Known => [.. Doors.Keys];

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Each_permission_opens_its_door_and_no_other_does(string permission)
    {
        // Without the sight of tickets nothing of the staff's can be had either.
        var without = await Holder(Permissions.All.Where(p => p != permission && (permission != Permissions.TicketsRead || !Permissions.OfStaff.Contains(p))));
        var with = await Holder([permission, .. Permissions.OfStaff.Contains(permission) ? [Permissions.TicketsRead] : Array.Empty<string>()]);
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);

        Assert.Contains((await Knock(without, permission, ticket)).Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        (await Knock(with, permission, ticket)).Must(permission == Permissions.TicketsWork ? HttpStatusCode.NoContent : HttpStatusCode.OK);
    }

    private async Task<Person> Holder(IEnumerable<string> permissions)
    {
        var role = $"r-{Guid.NewGuid():N}"[..20];
        (await desk.Node.The<RoleActions>().Put(await People.ActorOf(desk.Node, desk.People.Admin), role, [.. permissions], 0, Ct)).Must();
        return await People.New(desk.Node, role);
    }

    private Task<Answer> Knock(Person person, string permission, Guid ticket)
    {
        var (method, path, body) = Doors[permission];
        path = path.Replace("{ticket}", ticket.ToString(), StringComparison.Ordinal);
        var rest = desk.Node.As(person);
        return method switch { "GET" => rest.Get(path), "PATCH" => rest.Patch(path, body!), _ => rest.Post(path, body) };
    }
}
