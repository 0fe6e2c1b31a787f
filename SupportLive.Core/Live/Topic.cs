namespace SupportLive.Core.Live;

/// <summary>Whom an event concerns. Events state their topics, subscribers name the ones they may hear; there is no "everyone".</summary>
public readonly record struct Topic(TopicKind Kind, Guid Id)
{
    /// <summary>Lifecycle events of this customer's tickets.</summary>
    public static Topic Customer(Guid id) => new(TopicKind.Customer, id);

    /// <summary>That a conversation of this customer moved (for lists, not for conversations).</summary>
    public static Topic CustomerChats(Guid id) => new(TopicKind.CustomerChats, id);

    /// <summary>The public feed of one ticket.</summary>
    public static Topic Ticket(Guid id) => new(TopicKind.Ticket, id);

    /// <summary>The staff feed of one ticket.</summary>
    public static Topic TicketStaff(Guid id) => new(TopicKind.TicketStaff, id);

    /// <summary>What one account is told: notifications, own read marks, changed rights.</summary>
    public static Topic Account(Guid id) => new(TopicKind.Account, id);

    /// <summary>Lifecycle events of all tickets.</summary>
    public static Topic Staff { get; } = new(TopicKind.Staff, Guid.Empty);

    /// <summary>That any conversation moved (for lists).</summary>
    public static Topic StaffChats { get; } = new(TopicKind.StaffChats, Guid.Empty);

    /// <summary>That a role was changed; for the server itself and the pages that show roles.</summary>
    public static Topic Roles { get; } = new(TopicKind.Roles, Guid.Empty);

    /// <summary>Changes of anyone's rights; for the server's own doors, and the pages of those who manage people.</summary>
    public static Topic Doors { get; } = new(TopicKind.Doors, Guid.Empty);

    /// <summary>That something about agents changed; for the server itself.</summary>
    public static Topic Agents { get; } = new(TopicKind.Agents, Guid.Empty);

    /// <summary>That the queue moved, without saying how; for those who wait in it.</summary>
    public static Topic Queue { get; } = new(TopicKind.Queue, Guid.Empty);

    /// <summary>The picture of the whole desk, for who watches it on this node.</summary>
    public static Topic Wall { get; } = new(TopicKind.Wall, Guid.Empty);

    /// <summary>That a setting was changed; for the server itself and the pages that show it.</summary>
    public static Topic Settings { get; } = new(TopicKind.Settings, Guid.Empty);

    /// <summary>That a node lives, and how it does; for the server itself.</summary>
    public static Topic Nodes { get; } = new(TopicKind.Nodes, Guid.Empty);

    /// <summary>The figures of the system page, while somebody looks at one.</summary>
    public static Topic System { get; } = new(TopicKind.System, Guid.Empty);
}

public enum TopicKind { Customer, CustomerChats, Ticket, TicketStaff, Account, Staff, StaffChats, Doors, Agents, Queue, Wall, Settings, Roles, Nodes, System }
