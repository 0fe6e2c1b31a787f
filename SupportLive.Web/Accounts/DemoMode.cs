using SupportLive.Core.Data;

namespace SupportLive.Web.Accounts;

/// <summary>Whether this installation has the demo people, by the same rule as the seed.</summary>
public sealed class DemoMode(IConfiguration configuration, NodeDatabase database)
{
    public bool IsOn { get; } = configuration.GetValue("Demo:Seed", database.IsPrivate);

    public static string Password => DemoSeed.Password;

    public static IReadOnlyList<(string Name, string Email)> People { get; } =
        [("Customer", "customer@demo.test"), ("Agent", "agent@demo.test"), ("Manager", "manager@demo.test"), ("Admin", "admin@demo.test"), ("Customer 2", "customer2@demo.test"), ("Agent 2", "agent2@demo.test")];
}
