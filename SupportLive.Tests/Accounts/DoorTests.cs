using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Live;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class DoorTests(OneNode desk) : IClassFixture<OneNode>
{
    private static readonly string[] Programs = ["/api", "/hubs", "/health", "/openapi"];

    private IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)desk.Node.App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    public void Every_route_states_a_policy()
    {
        var without = Endpoints.Where(e => !e.Metadata.OfType<IAuthorizeData>().Any(a => a.Policy is { Length: > 0 }) && !IsAsset(e)).Select(Route);

        Assert.Empty(without);
        Assert.DoesNotContain(Endpoints, e => e.Metadata.OfType<IAllowAnonymous>().Any());
    }

    // Scripts, styles and the framework's own files; what they show is loaded behind other doors.
    private static bool IsAsset(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor") || Route(endpoint).StartsWith("/_framework", StringComparison.Ordinal) || Route(endpoint) == "/{**path:file}";

    [Fact]
    public void The_hub_states_a_policy_and_its_methods_have_names_of_the_contract()
    {
        var methods = typeof(SupportHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsVirtual || !m.Name.StartsWith("On", StringComparison.Ordinal)).ToArray();

        // The one on the hub is asked when the connection opens, and holds for all methods.
        Assert.Contains(typeof(SupportHub).GetCustomAttributes<AuthorizeAttribute>(), a => a.Policy is { Length: > 0 });
        Assert.DoesNotContain(methods, m => m.GetCustomAttributes<AllowAnonymousAttribute>().Any());
        Assert.Subset(
            new HashSet<string>(["join", "leave", "message", "resume", "read", "typing", "setPresence", "malformed"], StringComparer.Ordinal),
            methods.Select(m => m.GetCustomAttribute<HubMethodNameAttribute>()?.Name ?? m.Name).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_route_for_programs_is_walked() =>
        Assert.Equal(DoorWalk.Doors.Select(d => $"{d.Method} {d.Route}").Order(), Endpoints.Where(e => Programs.Any(p => Route(e).StartsWith(p, StringComparison.Ordinal))).SelectMany(Methods).Order());

    [Theory]
    [MemberData(nameof(Walk))]
    public async Task Each_visitor_gets_what_the_table_says(string method, string route, string visitor, int status)
    {
        var who = visitor switch { "stranger" => desk.People.OtherCustomer, "colleague" => desk.People.OtherAgent, "manager" => desk.People.Manager, "admin" => desk.People.Admin, _ => null };
        var path = route.Replace("{documentName}", "v1", StringComparison.Ordinal);
        if (path.Contains('{', StringComparison.Ordinal))
        {
            var id = path.StartsWith("/api/users", StringComparison.Ordinal) ? (await People.NewCustomer(desk.Node)).Id : await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
            path = path.Replace("{id}", $"{id}", StringComparison.Ordinal).Replace("{ticketId}", $"{id}", StringComparison.Ordinal)
                .Replace("{name}", method == "DELETE" ? "never-made" : "walker", StringComparison.Ordinal).Replace("{key}", "never-made", StringComparison.Ordinal);
        }

        var verb = method == "ANY" ? route.EndsWith("negotiate", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get : HttpMethod.Parse(method);
        var body = DoorWalk.Body(route, desk.People.Agent.Id) is { } right && verb != HttpMethod.Get ? new StringContent(JsonSerializer.Serialize(right), Encoding.UTF8, "application/json") : null;
        var answer = await desk.Node.As(who).Send(verb, path, body);

        answer.Must((HttpStatusCode)status);
        if (status >= 400 && route.StartsWith("/api", StringComparison.Ordinal))
        {
            var codes = status switch { 401 => (string[])["unauthenticated", "refresh_token_invalid"], 403 => ["forbidden"], 404 => ["not_found", "unsubscribe_unknown"], 400 => ["invalid"], _ => ["ticket_already_accepted", "move_not_allowed", "already_joined"] };
            Assert.Contains(answer.Refused((HttpStatusCode)status, answer.Code!).Code, codes);
        }
    }

    public static IEnumerable<TheoryDataRow<string, string, string, int>> Walk =>
        from door in DoorWalk.Doors
        from visitor in DoorWalk.Visitors
        select new TheoryDataRow<string, string, string, int>(door.Method, door.Route, visitor, door.Statuses[Array.IndexOf(DoorWalk.Visitors, visitor)]);

    private static string Route(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        (Route(endpoint).StartsWith("/api", StringComparison.Ordinal) ? endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"] : [Route(endpoint).StartsWith("/hubs", StringComparison.Ordinal) ? "ANY" : "GET"])
        .Select(m => $"{m} {Route(endpoint)}");
}
