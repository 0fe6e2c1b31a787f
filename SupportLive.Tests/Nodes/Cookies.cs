using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using SupportLive.Core.Accounts;
using SupportLive.Web.Accounts;

namespace SupportLive.Tests.Nodes;

/// <summary>The browser's log-in without a browser.</summary>
public static class Cookies
{
    public static async Task<string> CookieOf(this TestNode node, Person person)
    {
        var access = (await node.The<Actors>().Find(person.Id))!;
        var scheme = Web.Accounts.Cookies.SchemeName;
        var options = node.The<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var now = DateTimeOffset.UtcNow;
        var ticket = new AuthenticationTicket(Principals.From(access, scheme), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) }, scheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>The status that a socket of a page from that origin gets.</summary>
    public static async Task<int> KnockFrom(this TestNode node, string? origin, string? cookie, string query = "")
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{node.Address.Authority}/hubs/support{query}"), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return (int)socket.HttpStatusCode;
    }
}
