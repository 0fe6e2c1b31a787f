using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Live;

/// <summary>
/// One connection: a subscription to the live stream and a loop that sends what it yields. Nobody waits for a slow client: when its
/// queue is full it is cut, and resumes. What it may see is judged when it is delivered, with the rights of that moment.
/// </summary>
public sealed class HubClient : IDisposable
{
    private const int Stretch = 200;
    private const int JoinLimit = 1000;

    private readonly HubCallerContext context;
    private readonly ISingleClientProxy proxy;
    private readonly Actors actors;
    private readonly ChatQueries chats;
    private readonly JoinQueue joins;
    private readonly LogToEvents toEvents;
    private readonly Meters meters;
    private readonly ILogger<HubClient> log;
    private readonly Subscription subscription;
    private readonly MessagePace pace;
    private readonly string stamp;
    private readonly ConcurrentDictionary<Guid, JoinedTicket> joined = new();

    internal HubClient(
        Access access, HubCallerContext context, ISingleClientProxy proxy, LiveStream stream, Actors actors, ChatQueries chats, JoinQueue joins,
        LogToEvents toEvents, Meters meters, CurrentLimits limits, TimeProvider time, ILogger<HubClient> log)
    {
        (Actor, stamp, this.context, this.proxy, this.actors, this.chats, this.joins, this.toEvents, this.meters, this.log) = (access.Actor, access.Stamp, context, proxy, actors, chats, joins, toEvents, meters, log);
        pace = new MessagePace(limits, time);
        subscription = stream.Subscribe(overflowed: () => { meters.Overflowed(); context.Abort(); });
        subscription.Add(Topic.Account(Actor.Id));
        subscription.Add(Topic.Customer(Actor.Id));
        if (Actor.IsStaff) subscription.Add(Topic.Staff);
    }

    public Actor Actor { get; private set; }

    /// <summary>Null while the client keeps to the pace that one connection may write at.</summary>
    public Refusal? MayWrite() => pace.Next();

    internal void Start() => _ = Run();

    private async Task Run()
    {
        try
        {
            await foreach (var happened in subscription.Read(context.ConnectionAborted)) await Deliver(happened);
        }
        catch (Exception e) when (context.ConnectionAborted.IsCancellationRequested && (e is OperationCanceledException or IOException or ObjectDisposedException || Outage.Is(e)))
        {
            // The client has gone; there is nobody to tell.
        }
        catch (Exception e)
        {
            if (!Outage.Is(e)) log.LogError(e, "Delivering to a hub connection failed; it is cut and resumes");
            context.Abort();
        }
    }

    public Task<Outcome<ConversationSnapshot>> Join(Guid ticketId, int? after, int? staffAfter) => joins.Take(() => Enter(ticketId, after, staffAfter), context.ConnectionAborted);

    /// <summary>Registers first and reads then, so that nothing falls between; what comes during the read waits for it.</summary>
    private async Task<Outcome<ConversationSnapshot>> Enter(Guid ticketId, int? after, int? staffAfter)
    {
        if (joined.Count >= JoinLimit && !joined.ContainsKey(ticketId)) return LimitServices.RateLimited(TimeSpan.FromMinutes(1));
        var entering = new JoinedTicket();
        joined[ticketId] = entering;
        subscription.Add(Topic.Ticket(ticketId));
        if (Actor.IsStaff) subscription.Add(Topic.TicketStaff(ticketId));
        try
        {
            var snapshot = await chats.Join(Actor, ticketId, after, staffAfter, context.ConnectionAborted);
            if (snapshot.Ok) entering.Enter(snapshot.Value.PublicSeq, snapshot.Value.StaffSeq);
            else Leave(ticketId);
            return snapshot;
        }
        catch
        {
            Leave(ticketId);
            throw;
        }
    }

    public void Leave(Guid ticketId)
    {
        subscription.Remove(Topic.Ticket(ticketId));
        subscription.Remove(Topic.TicketStaff(ticketId));
        if (joined.TryRemove(ticketId, out var left)) left.Abandon();
    }

    internal IEnumerable<Guid> JoinedTickets => joined.Keys;

    internal void Tell(Heads heads)
    {
        if (joined.ContainsKey(heads.TicketId)) subscription.Offer(heads);
    }

    private ValueTask Deliver(LiveEvent happened) => happened switch
    {
        Heads heads => new(CatchUp(heads)),
        { Entry: { } entry } => Deliver(happened, entry),
        AccessChanged => new(LookAgain()),
        Typing typing => typing.Account.Id != Actor.Id && IsIn(typing.TicketId) ? Send(happened) : default,
        ReadMoved read => read.AccountId == Actor.Id || IsIn(read.TicketId) ? Send(happened) : default,
        NotificationsRead => default,
        _ => Send(happened),
    };

    private async ValueTask Deliver(LiveEvent happened, EntryView entry)
    {
        if (happened is TicketChanged changed && !await MaySee(changed.Ticket)) return;
        if (!joined.TryGetValue(entry.TicketId, out var ticket))
        {
            if (happened is TicketChanged) await Send(happened); // lists hear of moves without joining
            return;
        }

        if (!ticket.Entered.IsCompleted) await ticket.Entered;
        if (!IsCurrent(entry.TicketId, ticket) || ticket.Place(entry.Feed) is not { } place) return;
        switch (place.Judge(entry.Seq))
        {
            case Arrival.Hole:
                await Fill(entry.TicketId, ticket, entry.Feed, place, entry.Seq);
                return;
            case Arrival.Next:
                place.ShownUpTo(entry.Seq);
                await Send(happened);
                return;
        }
    }

    // Whoever loses a ticket loses its conversation too, unless the role reads every chat.
    private async ValueTask<bool> MaySee(TicketSnapshot ticket)
    {
        if (!joined.ContainsKey(ticket.Id) || TicketTable.CanRead(ticket.State, Actor)) return TicketTable.CanSee(ticket.State, Actor);
        Leave(ticket.Id);
        await proxy.SendAsync(Wire.AccessEnded, new { ticketId = ticket.Id });
        return TicketTable.CanSee(ticket.State, Actor);
    }

    // A client that resumes meanwhile gets the same entries with that answer: whoever was filling for the place before stops.
    private async Task Fill(Guid ticketId, JoinedTicket ticket, Feed feed, FeedPlace place, int upTo)
    {
        while (place.Shown < upTo)
        {
            var page = await chats.Page(Actor, ticketId, feed, place.Shown, null, Stretch, context.ConnectionAborted);
            if (!page.Ok || page.Value.Items.Count == 0) return;
            foreach (var missing in await toEvents([.. page.Value.Items.Select(e => new LogRow(e, Guid.Empty))], context.ConnectionAborted))
            {
                if (!IsCurrent(ticketId, ticket)) return;
                if (place.Judge(missing.Entry!.Seq) == Arrival.Known) continue;
                place.ShownUpTo(missing.Entry.Seq);
                await Send(missing);
            }
        }
    }

    private async Task CatchUp(Heads heads)
    {
        if (!joined.TryGetValue(heads.TicketId, out var ticket)) return;
        await ticket.Entered;
        if (ticket.Place(Feed.Public) is { } shown) await Fill(heads.TicketId, ticket, Feed.Public, shown, heads.PublicSeq);
        if (ticket.Place(Feed.Staff) is { } staff) await Fill(heads.TicketId, ticket, Feed.Staff, staff, heads.StaffSeq);
        if (!IsCurrent(heads.TicketId, ticket)) return;
        await proxy.SendAsync(heads.Name, new { heads.TicketId, heads.PublicSeq, staffSeq = ticket.Place(Feed.Staff) is null ? (int?)null : heads.StaffSeq, heads.Epoch }, context.ConnectionAborted);
    }

    private bool IsIn(Guid ticketId) => joined.TryGetValue(ticketId, out var ticket) && ticket.IsOpen; // not while a join is being judged
    private bool IsCurrent(Guid ticketId, JoinedTicket ticket) => joined.TryGetValue(ticketId, out var now) && now == ticket;

    private ValueTask Send(LiveEvent happened) => meters.Pushed(happened, proxy.SendAsync(happened.Name, new Prerendered(happened.Payload(Actor)), context.ConnectionAborted));

    private async Task LookAgain()
    {
        var access = await actors.Find(Actor.Id, context.ConnectionAborted);
        // Who may do something else now comes in anew, and every conversation is judged with the new rights; the log-in still holds.
        if (access is null || access.Stamp != stamp || !access.Actor.Permissions.SetEquals(Actor.Permissions))
        {
            await proxy.SendAsync(Wire.AccessEnded, new { }, context.ConnectionAborted);
            context.Abort();
            return;
        }

        Actor = access.Actor;
    }

    public void Dispose() => subscription.Dispose();
}
