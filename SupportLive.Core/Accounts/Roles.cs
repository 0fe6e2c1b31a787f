using System.Text.RegularExpressions;

namespace SupportLive.Core.Accounts;

/// <summary>
/// The four built-in roles and what they may do on a new installation. Roles of one's own stand beside them. A role holds permissions and never
/// another role, so there is nothing that could go round in a circle.
/// </summary>
public static partial class Roles
{
    public const string Customer = "customer";
    public const string Agent = "agent";
    public const string Manager = "manager";
    public const string Admin = "admin";

    /// <summary>Roles of one's own that an installation may have.</summary>
    public const int MostOwn = 50;

    /// <summary>Weakest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Customer, Agent, Manager, Admin];

    public static IReadOnlyDictionary<string, string[]> Grants { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Customer] = [],
        [Agent] = [Permissions.TicketsRead, Permissions.TicketsWork, Permissions.TicketsEdit, Permissions.ChatsRead],
        [Manager] =
        [
            Permissions.TicketsRead, Permissions.TicketsWork, Permissions.TicketsEdit, Permissions.TicketsAssign, Permissions.TicketsCloseAny,
            Permissions.ChatsRead, Permissions.OverviewRead, Permissions.ReportsRead, Permissions.UsersManage, Permissions.SettingsManage,
        ],
        [Admin] = [.. Permissions.All],
    };

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]\z")]
    private static partial Regex OwnName();

    /// <summary>2–40 lower-case letters, digits and hyphens, with no hyphen at either end.</summary>
    public static bool IsName(string? name) => name is { Length: >= 2 and <= 40 } && OwnName().IsMatch(name);

    public static bool IsBuiltIn(string name) => All.Contains(name);

    /// <summary>The role that a person with these is shown with: a built-in one of the staff, strongest first, then one of one's own, then customer.</summary>
    public static string Strongest(IEnumerable<string> roles)
    {
        var held = roles.ToArray();
        return All.Skip(1).LastOrDefault(held.Contains) ?? held.Where(r => !IsBuiltIn(r)).Order(StringComparer.Ordinal).FirstOrDefault() ?? Customer;
    }
}
