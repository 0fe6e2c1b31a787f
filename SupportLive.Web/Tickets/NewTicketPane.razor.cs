using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Tickets;

/// <summary>Opening a ticket. One client id for as long as the content stays, also beyond a lost page, so that no impatience makes two.</summary>
public sealed partial class NewTicketPane(TicketQueries tickets, TicketActions moves, LinkActions links, WaitQueries waits) : LivePane
{
    private string? subject;
    private string? description;
    private string? category;
    private TicketPriority priority = TicketPriority.Medium;
    private FormDraft? draft;
    private string nonce = Guid.NewGuid().ToString("N");
    private Refusal? refusal;
    private bool opening;

    /// <summary>The number of the ticket that this one goes on from, if it does.</summary>
    [Parameter] public long? About { get; set; }

    [PersistentState] public CategoryView[]? Categories { get; set; }

    [PersistentState] public TicketSnapshot? Old { get; set; }

    /// <summary>What to expect of the answer.</summary>
    [PersistentState] public WaitView? Wait { get; set; }

    protected override void Restore() => Begin();

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        Categories = [.. await tickets.Offered(Gone)];
        if (category is not null && Categories.All(c => c.Key != category)) category = null; // retired while somebody was writing
        Wait = await waits.Now(Gone);
        if (About is { } number && Old is null)
        {
            var found = await tickets.Find(Me, number.ToString(System.Globalization.CultureInfo.InvariantCulture), Gone);
            if (found.Value?.For(Me, Time.GetUtcNow()).Can(Verb.FollowUp) == true) Old = found.Value;
        }

        Begin();
    }

    // Only what is still empty: people type faster than pages load. A rejected question is asked again, a solved one is not.
    private void Begin()
    {
        if (Categories is null) return;
        category ??= Categories.FirstOrDefault(c => c.Key == Old?.Category)?.Key ?? Categories.FirstOrDefault()?.Key;
        if (Old is null || subject is not null) return;
        (subject, priority) = (Old.Subject, Old.Priority);
        if (Old.Rejection is not null) description ??= Old.Description;
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged { Key: CategoryActions.Changed }) return false;
        await Load();
        return true;
    }

    private async Task Open()
    {
        if (opening) return;
        opening = true;
        var wanted = new NewTicket(subject, description, category, priority, ClientId());
        var opened = await Act(actor => Old is null ? moves.Open(actor, wanted, CancellationToken.None) : links.FollowUp(actor, Old.Id, wanted, CancellationToken.None), quiet: true);
        refusal = opened.Refusal;
        if (opened.Ok) await Leave($"/tickets/{opened.Value.Number}", replace: true);
        else opening = false;
    }

    // The nonce lives with the draft: pressing once more after a lost page finds the ticket that the first press has made.
    private string ClientId() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { nonce, subject, description, category, priority }))[..16]);

    private Task Cancel() => Leave("/tickets", replace: false);

    private async Task Leave(string to, bool replace)
    {
        if (draft is null || await draft.Forget()) Navigation.NavigateTo(to, replace: replace);
    }
}
