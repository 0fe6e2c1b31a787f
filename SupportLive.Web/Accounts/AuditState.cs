using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>The audit log as far as it has been read, newest first.</summary>
public sealed class AuditState
{
    private readonly List<AuditView> lines = [];

    public IReadOnlyList<AuditView> Lines => lines;

    public bool More { get; private set; }

    public long? Last => lines.Count > 0 ? lines[^1].Id : null;

    /// <summary>A first page. Older ones that have been read stay when it reaches them. False when there is nothing new.</summary>
    public bool Load(IReadOnlyList<AuditView> page, bool fresh)
    {
        if (!fresh && lines.Count > 0 && page.Count > 0 && page.Any(l => l.Id == lines[0].Id))
        {
            var known = lines[0].Id;
            lines.InsertRange(0, page.TakeWhile(l => l.Id != known));
            return lines[0].Id != known;
        }

        lines.Clear();
        Append(page);
        return true;
    }

    public void Append(IReadOnlyList<AuditView> page)
    {
        lines.AddRange(page);
        More = page.Count == AuditQueries.PageSize;
    }
}
