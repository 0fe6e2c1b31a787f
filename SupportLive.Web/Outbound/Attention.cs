namespace SupportLive.Web.Outbound;

/// <summary>What the person of this page has before the eyes: the bell does not ring for it.</summary>
public sealed class Attention
{
    private readonly List<Func<Guid, bool>> watchers = [];

    /// <summary>Asked whether a ticket is seen to its end at this moment; dispose when its pane goes.</summary>
    public IDisposable Watch(Func<Guid, bool> sees)
    {
        watchers.Add(sees);
        return new Watching(watchers, sees);
    }

    public bool IsOn(Guid ticketId) => watchers.Exists(sees => sees(ticketId));

    private sealed class Watching(List<Func<Guid, bool>> watchers, Func<Guid, bool> sees) : IDisposable
    {
        public void Dispose() => watchers.Remove(sees);
    }
}
