using Microsoft.AspNetCore.Components;
using SupportLive.Core.Chat;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Chat;
using SupportLive.Web.Outbound;

namespace SupportLive.Web.Tickets;

/// <summary>What people do in the pane: read, write, move.</summary>
public sealed partial class TicketPane
{
    private async Task Seen()
    {
        if (Watching || state?.Ticket is not { } ticket || state.Shown is not { } seq) return;
        var first = seen is null;
        seen = seq;
        // Who was mentioned in a colleague's ticket has nothing unread here but has come to look.
        if (!state.HasUnread && first && Me.IsStaff) await notifications.ReadTicket(Me, ticket.Id, Gone);
        if (!state.HasUnread) return;
        var read = await Act(actor => talk.Read(actor, ticket.Id, seq, Gone), quiet: true);
        if (!read.Ok) return;
        state.Read(seq);
        await notifications.ReadTicket(Me, ticket.Id, Gone);
    }

    private int? seen;
    private IDisposable? eyes;

    [Inject] public Attention Attention { get; set; } = null!;

    [Inject] public Colleagues Colleagues { get; set; } = null!;

    private async Task Names()
    {
        await names.Refresh(Gone);
        if (Me.IsStaff) await Colleagues.Refresh(Me, Gone);
    }

    // Who would be told: everybody who may read the notes of this ticket, but not oneself.
    private async Task<IReadOnlyList<string>> Mentionable()
    {
        if (await Who.Get(Gone) is not { IsStaff: true } actor) return [];
        await Colleagues.Refresh(actor, Gone);
        return [.. Colleagues.All.Where(c => c.Id != Me.Id && (c.ReadsEveryChat || c.Id == state?.Ticket?.Assignee?.Id)).Select(c => c.DisplayName).Distinct(StringComparer.Ordinal)];
    }

    protected override void OnInitialized() => eyes = Attention.Watch(id => !Watching && state?.Ticket?.Id == id && state.Shown == seen);

    public override ValueTask DisposeAsync()
    {
        eyes?.Dispose();
        return base.DisposeAsync();
    }

    private async Task<Sent> Store(NewMessage message)
    {
        var posted = await Act(actor => talk.Post(actor, message with { Internal = message.Internal || Watching }, CancellationToken.None), quiet: true);
        return new Sent(posted.Ok, posted.Refusal?.Kind is RefusalKind.Busy or RefusalKind.TooMany, posted.Refusal?.Message);
    }

    private async Task Typing()
    {
        if (!Watching && state?.Ticket is { } ticket) await Act(actor => talk.Type(actor, ticket.Id, Gone), quiet: true);
    }

    private Task Move(Verb verb) => verb == Verb.Merge ? Merge() : Moving(ticket => moves.Ask(dialogs, verb, ticket, Me, agents));

    private Task Rate(int score) => Moving(ticket => Task.FromResult<Move?>(new((actor, ct) => moves.Rate(actor, ticket.Id, score, null, ct))));

    private async Task TakeOver()
    {
        var taken = await Moving(ticket => Task.FromResult<Move?>(new((actor, ct) => moves.Assign(actor, ticket.Id, actor.Id, force: true, ct))));
        if (taken) Navigation.NavigateTo($"/desk/{Number}");
    }

    private async Task<bool> Moving(Func<TicketSnapshot, Task<Move?>> ask)
    {
        if (moving || state?.Ticket is not { } ticket) return false;
        moving = true;
        try
        {
            return await ask(ticket) is { } move && (await Act(actor => move(actor, CancellationToken.None))).Ok;
        }
        finally
        {
            moving = false;
        }
    }
}
