using Radzen;

namespace SupportLive.Web.Shell;

/// <summary>The few questions that screens ask.</summary>
public static class Dialogs
{
    private static DialogOptions Options => new() { Width = "min(440px, calc(100vw - 24px))", CloseDialogOnOverlayClick = true, CloseDialogOnEsc = true, AutoFocusFirstElement = true };

    public static async Task<bool> Confirm(this DialogService dialogs, string title, string sentence, string verb) =>
        await dialogs.OpenAsync<ConfirmDialog>(title, new Dictionary<string, object?> { ["Sentence"] = sentence, ["Verb"] = verb }, Options) is true;

    /// <summary>Null when the person thought better of it.</summary>
    public static async Task<string?> Reason(this DialogService dialogs, string title, string hint, string verb, IReadOnlyList<string> usual) =>
        await dialogs.OpenAsync<ReasonDialog>(title, new Dictionary<string, object?> { ["Hint"] = hint, ["Verb"] = verb, ["Usual"] = usual }, Options) as string;

    public static Task Keys(this DialogService dialogs) => dialogs.OpenAsync<KeysDialog>("Keyboard", null, Options);
}
