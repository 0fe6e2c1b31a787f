using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>What the reports of one page answered, as they came.</summary>
internal sealed record ReportRows(
    List<VolumeCell> Volume, List<Sample> Responses, List<Solved> Resolutions, List<(bool Current, string Kind, int Tickets)> Moves, List<DeadlineCounts> Deadlines)
{
    public List<(int Day, int Tickets)> Opened { get; init; } = [];

    public List<(int Hour, int Tickets)> Heat { get; init; } = [];

    public List<(TicketStatus Status, int Tickets)> Statuses { get; init; } = [];

    public List<(int Step, int Day, int Tickets)> Standing { get; init; } = [];

    public List<(int Group, TicketStatus Status, int Tickets)> Backlog { get; init; } = [];

    public List<(Guid Person, int Tickets)> Handled { get; init; } = [];

    public List<(Guid Agent, double Seconds)> Active { get; init; } = [];

    public Dictionary<Guid, string> Names { get; } = [];

    /// <summary>Everybody who has a line of figures.</summary>
    public IEnumerable<Guid> People => Volume.Where(c => c.Current).Select(c => c.Holder).Concat(Resolution.Where(s => s.Current).Select(s => s.Person)).OfType<Guid>()
        .Concat(Handled.Select(h => h.Person)).Concat(Active.Select(a => a.Agent)).Distinct();

    public IEnumerable<Sample> Resolution => Resolutions.Select(r => r.Sample).OfType<Sample>();
}
