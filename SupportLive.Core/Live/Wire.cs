using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Health;
using SupportLive.Core.Outbound;

namespace SupportLive.Core.Live;

/// <summary>The one list of names and the one way of writing JSON that clients see.</summary>
public static class Wire
{
    public const string TicketCreated = "ticket_created";
    public const string TicketOffered = "ticket_offered";
    public const string TicketAccepted = "ticket_accepted";
    public const string TicketRejected = "ticket_rejected";
    public const string TicketDeclined = "ticket_declined";
    public const string TicketAssigned = "ticket_assigned";
    public const string TicketReleased = "ticket_released";
    public const string TicketEscalated = "ticket_escalated";
    public const string TicketUpdated = "ticket_updated";
    public const string TicketResolved = "ticket_resolved";
    public const string TicketReopened = "ticket_reopened";
    public const string TicketClosed = "ticket_closed";
    public const string TicketRated = "ticket_rated";
    public const string RuleFired = "rule_fired";
    public const string Message = "message";
    public const string Note = "note";

    /// <summary>Of a notification only: a note that names its reader.</summary>
    public const string Mention = "mention";
    public const string Typing = "typing";
    public const string Read = "read";
    public const string Notification = "notification";
    public const string Heads = "heads";
    public const string Presence = "presence";
    public const string AccessEnded = "access_ended";
    public const string Interrupted = "interrupted";

    /// <summary>Between nodes and inside one; never sent to clients.</summary>
    public const string AccessChanged = "access_changed";

    /// <inheritdoc cref="AccessChanged"/>
    public const string RoleChanged = "role_changed";

    /// <inheritdoc cref="AccessChanged"/>
    public const string NotificationsRead = "notifications_read";

    /// <inheritdoc cref="AccessChanged"/>
    public const string SettingsChanged = "settings_changed";

    /// <inheritdoc cref="AccessChanged"/>
    public const string AgentsChanged = "agents_changed";

    /// <inheritdoc cref="AccessChanged"/>
    public const string QueueMoved = "queue_moved";

    /// <inheritdoc cref="AccessChanged"/>
    public const string WallMoved = "wall_moved";

    /// <inheritdoc cref="AccessChanged"/>
    public const string NodeSeen = "node_seen";

    /// <inheritdoc cref="AccessChanged"/>
    public const string SystemLooked = "system_looked";

    /// <summary>Passing signals: what one node tells the others without a row in the log.</summary>
    internal static readonly IReadOnlyDictionary<string, Type> Signals = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        [Typing] = typeof(Typing),
        [Read] = typeof(ReadMoved),
        [Notification] = typeof(NotificationRaised),
        [NotificationsRead] = typeof(NotificationsRead),
        [AccessChanged] = typeof(AccessChanged),
        [RoleChanged] = typeof(RoleChanged),
        [SettingsChanged] = typeof(SettingsChanged),
        [AgentsChanged] = typeof(AgentsChanged),
        [NodeSeen] = typeof(NodeSeen),
    };

    /// <summary>camelCase, enums in snake_case, times in UTC; text is not escaped beyond what JSON needs.</summary>
    public static JsonSerializerOptions Json { get; } = Configure(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { HideDelivery } } });

    // How an event is delivered is the server's business; clients see what it says.
    private static void HideDelivery(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(LiveEvent))) return;
        foreach (var property in type.Properties.Where(p => p.Name is "topics" or "name" or "entry").ToList()) type.Properties.Remove(property);
    }

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }
}
