using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>What the reports of one page answered, as they came.</summary>
internal sealed class ReportRows
{
    public List<VolumeCell> Volume { get; } = [];

    public List<Sample> Responses { get; } = [];

    public List<Solved> Resolutions { get; } = [];

    public List<(bool Current, string Kind, int Tickets)> Moves { get; } = [];

    public List<DeadlineCounts> Deadlines { get; } = [];

    public List<(int Day, int Tickets)> Opened { get; } = [];

    public List<(int Hour, int Tickets)> Heat { get; } = [];

    public List<(TicketStatus Status, int Tickets)> Statuses { get; } = [];

    public List<(int Step, int Day, int Tickets)> Standing { get; } = [];

    public List<(int Group, TicketStatus Status, int Tickets)> Backlog { get; } = [];

    public List<(Guid Person, int Tickets)> Handled { get; } = [];

    public List<(Guid Agent, double Seconds)> Active { get; } = [];

    public Dictionary<Guid, string> Names { get; } = [];

    /// <summary>Everybody who has a line of figures.</summary>
    public IEnumerable<Guid> People => Volume.Where(c => c.Current).Select(c => c.Holder).Concat(Resolution.Where(s => s.Current).Select(s => s.Person)).OfType<Guid>()
        .Concat(Handled.Select(h => h.Person)).Concat(Active.Select(a => a.Agent)).Distinct();

    public IEnumerable<Sample> Resolution => Resolutions.Select(r => r.Sample).OfType<Sample>();
}
