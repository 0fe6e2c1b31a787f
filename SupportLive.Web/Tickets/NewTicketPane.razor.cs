using Microsoft.AspNetCore.Components;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;

namespace SupportLive.Web.Tickets;

/// <summary>Opening a ticket. One client id for as long as the content stays, so that no impatience makes two.</summary>
public sealed partial class NewTicketPane(TicketQueries tickets, TicketActions moves) : LivePane
{
    private string? subject;
    private string? description;
    private string? category;
    private TicketPriority priority = TicketPriority.Medium;
    private NewTicket? tried;
    private Refusal? refusal;
    private bool opening;

    [PersistentState] public CategoryView[]? Categories { get; set; }

    protected override void Restore() => category = Categories?.FirstOrDefault()?.Key;

    protected override async Task Load()
    {
        Categories ??= [.. await tickets.Categories(Gone)];
        category ??= Categories.FirstOrDefault()?.Key;
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => new(false);

    private async Task Open()
    {
        if (opening) return;
        opening = true;
        var wanted = new NewTicket(subject, description, category, priority, tried?.ClientId);
        if (wanted != tried) wanted = wanted with { ClientId = Guid.NewGuid().ToString("N") };
        tried = wanted;
        var opened = await Act(actor => moves.Open(actor, wanted, CancellationToken.None), quiet: true);
        refusal = opened.Refusal;
        if (opened.Ok) Navigation.NavigateTo($"/tickets/{opened.Value.Number}", replace: true);
        else opening = false;
    }
}
