using Microsoft.AspNetCore.Components;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Reports;
using SupportLive.Web.Live;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Reports;

/// <summary>The tickets behind one figure, newest first.</summary>
public sealed partial class ReportTicketsPane(ReportQueries reports, ReportTickets tickets, CategoryNames names) : LivePane
{
    private const int PerPage = 100;

    private readonly List<TicketLine> lines = [];
    private ReportAddress address = ReportAddress.Of("");
    private ReportAsked? asked;
    private TicketSelection selection = new();
    private long[]? numbers;
    private Refusal? refusal;

    /// <summary>The address behind the question mark.</summary>
    [Parameter] public string Query { get; set; } = "";

    private CategoryNames Names => names;

    private string Title => selection.Which switch
    {
        Counted.Opened when selection.Hour is { } hour => $"Opened on {ReportWords.Weekday((hour / 24) + 1)}s at {hour % 24:00}–{(hour % 24) + 1:00}",
        Counted.Answered => "With a first response",
        Counted.Rated => "Rated tickets",
        Counted.Missed => "Tickets that missed a target",
        Counted.Now => "Tickets in this status now",
        Counted.Backlog => "Backlog",
        Counted.Standing => "Tickets that stood so at the end of the day",
        _ => $"{selection.Which} tickets",
    };

    private string About => numbers is null || asked is null ? "" : string.Join(" · ", new[]
    {
        $"{ReportWords.Count(numbers.Length)} tickets",
        selection.Which is Counted.Now or Counted.Backlog ? "now" : $"{ReportWords.Days(asked.Period.Dates.First, asked.Period.Dates.Last)}, {asked.Period.Zone.Id}",
        selection.Status is { } status ? Words.ForStaff(status) : null,
        asked.Filter.Category is { } category ? names[category] : null,
        asked.Filter.Priority?.ToString(),
    }.OfType<string>());

    protected override async Task Load()
    {
        address = ReportAddress.Of(Query);
        await names.Refresh(Gone);
        var (wanted, which) = (await address.Ask.Read(reports, Gone), address.Which.Read());
        refusal = wanted.Refusal ?? which.Refusal;
        if (!wanted.Ok || !which.Ok) return;
        (asked, selection) = (wanted.Value, which.Value);
        if (!Ready) return;
        var found = await Act(actor => tickets.Numbers(actor, asked, selection, Gone), quiet: true);
        (numbers, refusal) = (found.Value, found.Refusal);
        lines.Clear();
        if (numbers is not null) await More();
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => ValueTask.FromResult(false); // as it was counted; the tickets themselves are live

    private async Task More() => lines.AddRange(await tickets.Lines(numbers.AsMemory(lines.Count, Math.Min(PerPage, numbers!.Length - lines.Count)), Gone));
}
