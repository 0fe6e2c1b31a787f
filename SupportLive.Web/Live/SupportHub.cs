using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Live;

/// <summary>The live door for every client; see the README for its methods and events. Each method answers <see cref="Reply"/>.
/// The policy stands once for all methods: it is checked when the connection opens, and the rights of the moment at every call and delivery.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class SupportHub(HubClients clients, ChatActions chats, AgentActions agents, Epoch epoch, DueOf due, TimeProvider time) : Hub
{
    public const string Route = "/hubs/support";

    /// <summary>Bytes of one call. Large enough that an oversized message gets its refusal and not a broken connection.</summary>
    internal const long MessageLimit = 1_500_000;
    internal const string MalformedMethod = "malformed";
    private const int ResumeLimit = 200;

    private HubClient Client => clients.Of(Context);

    public override Task OnConnectedAsync() => clients.Enter(Context);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        clients.Leave(Context);
        return Task.CompletedTask;
    }

    [HubMethodName("join")]
    public async Task<Reply> Join(string? ticketId, int? after, int? staffAfter, string? epoch) => Reply.Of(await Enter(new ResumeBody(ticketId, after, staffAfter, epoch)));

    // A place in another log says nothing about this one, so it is not asked for from there.
    private async Task<Outcome<ConversationView>> Enter(ResumeBody? place)
    {
        if (!Guid.TryParse(place?.TicketId, out var id)) return Refusal.NotFound();
        var (client, named) = (Client, epoch.Value);
        var over = place.After is not null && epoch.IsOver(place.Epoch);
        var joined = await client.Join(id, over ? null : place.After, over ? null : place.StaffAfter);
        return joined.Map(c => new ConversationView(
            c.Ticket.For(client.Actor, time.GetUtcNow(), links: c.Links, due: due(c.Ticket)), c.Entries, c.PublicSeq, c.StaffSeq, c.Participants, c.More, c.Reset || over, named));
    }

    [HubMethodName("leave")]
    public Reply Leave(string? ticketId)
    {
        if (Guid.TryParse(ticketId, out var id)) Client.Leave(id);
        return Reply.Of<Done>(new Done());
    }

    [HubMethodName("message")]
    public async Task<Reply> Message(HubMessageBody? message)
    {
        if (message is null || !Guid.TryParse(message.TicketId, out var id)) return Reply.No(Refusal.NotFound());
        var client = Client;
        if (client.MayWrite() is { } refusal) return Reply.No(refusal);
        return Reply.Of(await chats.Post(client.Actor, new NewMessage(id, message.ClientId, message.Body, message.Internal ?? false), Context.ConnectionAborted));
    }

    [HubMethodName("resume")]
    public async Task<Reply> Resume(ResumeBody?[]? tickets)
    {
        if (tickets is null || tickets.Length > ResumeLimit) return Reply.No(Refusal.Invalid("tickets", $"Name the tickets to resume, at most {ResumeLimit}."));
        var resumed = new List<object>();
        foreach (var ticket in tickets)
        {
            var joined = await Enter(ticket);
            resumed.Add(joined.Ok ? joined.Value : new { ticketId = ticket?.TicketId, refusal = Reply.No(joined.Refusal).Refusal });
        }

        return new Reply(resumed, null);
    }

    [HubMethodName("read")]
    public async Task<Reply> Read(string? ticketId, int? seq) =>
        Guid.TryParse(ticketId, out var id) ? Reply.Of(await chats.Read(Client.Actor, id, seq ?? -1, Context.ConnectionAborted)) : Reply.No(Refusal.NotFound());

    [HubMethodName("typing")]
    public async Task<Reply> Type(string? ticketId) =>
        Guid.TryParse(ticketId, out var id) ? Reply.Of(await chats.Type(Client.Actor, id, Context.ConnectionAborted)) : Reply.No(Refusal.NotFound());

    [HubMethodName("setPresence")]
    public async Task<Reply> SetPresence(string? status) => Reply.Of(await agents.SetPresence(
        Client.Actor, Enum.TryParse<AgentStatus>(status, ignoreCase: true, out var chosen) && !char.IsAsciiDigit(status[0]) ? chosen : null, Context.ConnectionAborted));

    /// <summary>Where <see cref="LenientProtocol"/> sends calls whose arguments cannot be read.</summary>
    [HubMethodName(MalformedMethod)]
    [SuppressMessage("Performance", "CA1822", Justification = "Hub methods are instance methods.")]
    public Reply Malformed(string target) => Reply.No(Refusal.Invalid("arguments", $"The arguments of {(target.Length > 50 ? "this call" : target)} cannot be read."));
}

public sealed record HubMessageBody(string? TicketId, string? ClientId, string? Body, bool? Internal);

public sealed record ResumeBody(string? TicketId, int? After, int? StaffAfter, string? Epoch);

/// <summary>The answer of <c>join</c>.</summary>
public sealed record ConversationView(
    TicketView Ticket, IReadOnlyList<EntryView> Entries, int PublicSeq, int? StaffSeq, IReadOnlyList<PersonView> Participants, bool More, bool Reset, string? Epoch);
