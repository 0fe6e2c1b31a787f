using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Reports;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;

namespace SupportLive.Web.Reports;

/// <summary>The figures of a period. Period and filter live in the address, so that a report can be sent to a colleague.</summary>
public sealed partial class ReportsPane(ReportQueries reports, AgentQueries staff, TicketQueries tickets, IJSRuntime js) : LivePane
{
    private ReportAddress address = ReportAddress.Of("");
    private string? shown;
    private ReportAsked? asked;
    private SummaryView? summary;
    private Refusal? refusal;
    private bool busy;
    private IReadOnlyList<Preset> presets = [];
    private IReadOnlyList<CategoryView> names = [];
    private IReadOnlyList<PersonView> agents = [];
    private CancellationTokenSource counting = new();

    /// <summary>The address behind the question mark.</summary>
    [Parameter] public string Query { get; set; } = "";

    private (DateOnly First, DateOnly Last) BeforeDays => asked!.Period.Before.Dates;

    private DateOnly First => asked!.Period.Dates.First;

    private DateOnly Last => asked!.Period.Dates.Last;

    private int Days => Last.DayNumber - First.DayNumber + 1;

    private ReportAddress Before => address.Days(BeforeDays.First, BeforeDays.Last);

    protected override async Task OnParametersSetAsync()
    {
        address = ReportAddress.Of(Query);
        if (Ready && shown is not null && shown != Query) await Count();
    }

    protected override async Task Load()
    {
        names = await tickets.Categories(Gone);
        agents = [.. ((await staff.List(Me, Gone)).Value ?? []).Select(a => new PersonView(a.Id, a.DisplayName)).OrderBy(a => a.DisplayName, StringComparer.CurrentCulture)];
        if (Ready) await Count();
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => ValueTask.FromResult(false); // figures stand still until they are asked for again

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || address["timeZone"] is not null) return;
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Reports/ReportsPane.razor.js");
        var zone = await module.InvokeAsync<string>("zone");
        Navigation.NavigateTo(address.With(("timeZone", zone)).Page, replace: true);
    }

    // Without a time zone nothing is counted yet: the browser is about to say which one.
    private async Task Count()
    {
        shown = Query;
        if (address["timeZone"] is null) return;
        await counting.CancelAsync();
        counting.Dispose();
        counting = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var ct = counting.Token;
        busy = true;
        Refresh();
        var answer = await Act(actor => Ask(actor, ct), quiet: true);
        if (ct.IsCancellationRequested) return; // somebody has chosen something else meanwhile
        (busy, refusal) = (false, answer.Refusal);
        if (answer.Ok) (asked, summary) = answer.Value;
        presets = Preset.Of(Today(asked?.Period.Zone ?? TimeZoneInfo.Utc));
        Refresh();
    }

    private DateOnly Today(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Time.GetUtcNow(), zone).DateTime);

    private async Task<Outcome<(ReportAsked, SummaryView)>> Ask(Actor actor, CancellationToken ct)
    {
        var wanted = await address.Ask.Read(reports, ct);
        if (!wanted.Ok) return wanted.Refusal;
        return (await reports.Summary(actor, wanted.Value, ct)).Map(s => (wanted.Value, s));
    }

    private void Go(ReportAddress to) => Navigation.NavigateTo(to.Page);

    public override async ValueTask DisposeAsync()
    {
        await counting.CancelAsync();
        counting.Dispose();
        await base.DisposeAsync();
    }
}
