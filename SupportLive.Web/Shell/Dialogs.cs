using Radzen;
using SupportLive.Core.Assignment;
using SupportLive.Core.Tickets;
using SupportLive.Web.Assignment;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Shell;

/// <summary>The few questions that screens ask.</summary>
public static class Dialogs
{
    private static DialogOptions Options => new() { Width = "min(440px, calc(100vw - 24px))", CloseDialogOnOverlayClick = true, CloseDialogOnEsc = true, AutoFocusFirstElement = true };

    public static async Task<bool> Confirm(this DialogService dialogs, string title, string sentence, string verb) =>
        await dialogs.OpenAsync<ConfirmDialog>(title, new Dictionary<string, object?> { ["Sentence"] = sentence, ["Verb"] = verb }, Options) is true;

    /// <summary>Null when the person thought better of it.</summary>
    public static async Task<string?> Reason(this DialogService dialogs, string title, string hint, string verb, IReadOnlyList<string> usual, bool optional = false) =>
        await dialogs.OpenAsync<ReasonDialog>(title, new Dictionary<string, object?> { ["Hint"] = hint, ["Verb"] = verb, ["Usual"] = usual, ["Optional"] = optional }, Options) as string;

    /// <summary>The number of the ticket to merge into; null when the person thought better of it.</summary>
    public static async Task<string?> Merge(this DialogService dialogs, TicketSnapshot ticket, IReadOnlyList<TicketSnapshot> others) =>
        await dialogs.OpenAsync<MergeDialog>($"Merge ticket #{ticket.Number}", new Dictionary<string, object?> { ["Ticket"] = ticket, ["Others"] = others }, Options) as string;

    /// <summary>Null when the person thought better of it.</summary>
    public static async Task<Guid?> Agent(this DialogService dialogs, string title, IReadOnlyList<AgentView> agents) =>
        await dialogs.OpenAsync<AgentChoice>(title, new Dictionary<string, object?> { ["Agents"] = agents }, Options) as Guid?;

    /// <inheritdoc cref="Agent"/>
    public static async Task<string[]?> Tags(this DialogService dialogs, string title) => await dialogs.OpenAsync<TagsDialog>(title, null, Options) as string[];

    /// <inheritdoc cref="Agent"/>
    public static async Task<TicketPriority?> Priority(this DialogService dialogs, string title) => await dialogs.OpenAsync<PriorityDialog>(title, null, Options) as TicketPriority?;

    /// <summary>A conversation over whatever list is open.</summary>
    public static Task Chat(this DialogService dialogs, TicketSnapshot ticket, bool watching, string back) =>
        dialogs.OpenAsync<ChatDialog>("Conversation", new Dictionary<string, object?> { ["Number"] = ticket.Number, ["Watching"] = watching, ["Back"] = back },
            new DialogOptions { Width = "min(760px, calc(100vw - 16px))", Height = "min(760px, calc(100vh - 32px))", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true, CssClass = "chat-dialog" });

    public static Task Keys(this DialogService dialogs) => dialogs.OpenAsync<KeysDialog>("Keyboard", null, Options);
}
