using SupportLive.Core.Accounts;

namespace SupportLive.Web.Shell;

/// <summary>Where each role belongs: its dashboard, its navigation, and where a ticket opens.</summary>
public static class Places
{
    public static string Home(Actor actor) => For(actor)[0].Path;

    public static string Ticket(Actor actor, long number) => $"{Home(actor)}/{number}";

    public static IReadOnlyList<Place> For(Actor actor) => actor switch
    {
        { IsStaff: true } when actor.May(Permissions.OverviewRead) => [Overview, .. actor.May(Permissions.TicketsWork) ? [Desk] : Array.Empty<Place>(), .. actor.May(Permissions.SettingsManage) ? [Escalation, Settings] : Array.Empty<Place>()],
        { IsStaff: true } => [Desk],
        _ => [new("/tickets", "My tickets")],
    };

    private static Place Overview { get; } = new("/admin", "Overview");

    private static Place Settings { get; } = new("/admin/settings", "Settings");

    private static Place Escalation { get; } = new("/admin/escalation", "Escalation");

    private static Place Desk { get; } = new("/desk", "Desk");
}

public sealed record Place(string Path, string Name);
