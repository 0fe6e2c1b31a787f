using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>Names of categories for lists, remembered for a minute.</summary>
public sealed class CategoryNames(TicketQueries tickets, TimeProvider time)
{
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private long read = long.MinValue;

    /// <summary>In the order in which they are offered.</summary>
    public IReadOnlyList<CategoryView> All { get; private set; } = [];

    public async ValueTask Refresh(CancellationToken ct)
    {
        if (read != long.MinValue && time.GetElapsedTime(read) < TimeSpan.FromMinutes(1)) return;
        All = await tickets.Categories(ct);
        names = All.ToDictionary(c => c.Key, c => c.Name, StringComparer.Ordinal);
        read = time.GetTimestamp();
    }

    public string this[string key] => names.GetValueOrDefault(key, key);
}
