using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>Names of categories for lists; as fresh as the categories themselves.</summary>
public sealed class CategoryNames(TicketQueries tickets)
{
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>In their order, the retired too.</summary>
    public IReadOnlyList<CategoryView> All { get; private set; } = [];

    public async ValueTask Refresh(CancellationToken ct)
    {
        var fresh = await tickets.Categories(ct);
        if (ReferenceEquals(fresh, All)) return;
        names = fresh.ToDictionary(c => c.Key, c => c.Name, StringComparer.Ordinal);
        All = fresh;
    }

    public string this[string key] => names.GetValueOrDefault(key, key);
}
