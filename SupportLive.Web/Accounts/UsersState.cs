using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>The list of people as far as it has been read.</summary>
public sealed class UsersState
{
    private readonly List<UserView> users = [];

    public IReadOnlyList<UserView> Users => users;

    /// <summary>Whether there may be more behind the last one.</summary>
    public bool More { get; private set; }

    /// <summary>Where the next page begins.</summary>
    public Guid? Last => users.Count > 0 ? users[^1].Id : null;

    public void Load(IReadOnlyList<UserView> page)
    {
        users.Clear();
        Append(page);
    }

    public void Append(IReadOnlyList<UserView> page)
    {
        users.AddRange(page);
        More = AccountQueries.IsFull(page);
    }

    /// <summary>A person as they are now. False for one who is not in the list.</summary>
    public bool Apply(UserView now)
    {
        var at = users.FindIndex(u => u.Id == now.Id);
        if (at < 0) return false;
        users[at] = now;
        return true;
    }
}
