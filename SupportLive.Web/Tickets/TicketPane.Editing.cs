using Microsoft.AspNetCore.Components;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Tickets;

/// <summary>Changing what the ticket is about, and what belongs to it.</summary>
public sealed partial class TicketPane
{
    private TicketEditState? editing;
    private Refusal? wrong;
    private ElementReference editor;
    private bool edited;
    private LinksState? linked;

    private void Edit() => (editing, wrong, showDetails) = (new TicketEditState(state!.Ticket!), null, true);

    private void StopEditing() => (editing, wrong, edited) = (null, null, true);

    // Who has come by keyboard goes on from where the form was opened.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!edited || editor.Context is null) return;
        edited = false;
        await editor.FocusAsync();
    }

    private async Task Save()
    {
        if (editing is not { } form || state?.Ticket is not { } ticket || moving) return;
        moving = true;
        var outcome = await Save(form, ticket.Id);
        moving = false;
        wrong = outcome?.Refusal;
        if (wrong is null) StopEditing();
    }

    // Somebody was faster: look again, and save once more unless both changed the same, which the person has to see first.
    private async Task<Outcome<TicketSnapshot>?> Save(TicketEditState form, Guid ticketId)
    {
        Outcome<TicketSnapshot>? outcome = null;
        for (var attempt = 0; attempt < 3 && form.Changes() is { } changes; attempt++)
        {
            outcome = await Act(actor => moves.Edit(actor, ticketId, changes, CancellationToken.None), quiet: true);
            if (outcome.Refusal?.Code != TicketRefusals.StaleCode) return outcome;
            if ((await tickets.Find(Me, ticketId.ToString(), Gone)).Value is { } now) form.Apply(now);
            if (form.IsOvertaken) return outcome;
        }

        return outcome;
    }

    private async Task Merge()
    {
        if (state?.Ticket is not { } ticket) return;
        string? into = null;
        var others = await tickets.Siblings(Me, ticket, Gone);
        var merged = await Moving(async t => (into = await dialogs.Merge(t, others)) is null ? null : (actor, ct) => links.Merge(actor, t.Id, into, ct));
        if (merged) Navigation.NavigateTo($"{Back}/{into}");
    }

    // Their moves are heard from here on; lists of links are short.
    private void Link(IReadOnlyList<LinkView> fresh)
    {
        linked ??= new LinksState(state!.Ticket!.Id);
        linked.Load(fresh);
        foreach (var link in fresh) Listen(Topic.Ticket(link.Id));
    }

    private async ValueTask<bool> ApplyLinks(LiveEvent happened)
    {
        if (linked is null || !linked.Apply(happened)) return false;
        if (linked.IsBehind) Link(await tickets.Links(Me, state!.Ticket!, Gone));
        return true;
    }
}
