using SupportLive.Core.Outbound.Mail;

namespace SupportLive.Web.Outbound.Mail;

/// <summary>The mails on the screen: one of them is being written, the others stand as they were left.</summary>
public sealed class TemplatesState
{
    private MailTemplates templates = MailTemplates.Key.Default;

    public string Brand { get; set; } = "";

    public string Language { get; private set; } = "en";

    public string Kind { get; private set; } = MailKinds.Received;

    public string Subject { get; set; } = "";

    public string Body { get; set; } = "";

    public void Load(MailTemplates stored)
    {
        (templates, Brand, Language) = (stored, stored.Brand, stored.Language);
        Show();
    }

    private void Show() => (Subject, Body) = templates.Of(Kind, Language);

    public void Choose(string kind)
    {
        Keep();
        Kind = kind;
        Show();
    }

    public void Speak(string language)
    {
        Keep();
        Language = language.Trim().ToLowerInvariant();
        Show();
    }

    public void Reset()
    {
        templates = templates.With(Language, Kind, null);
        Show();
    }

    public bool IsOwn(string kind) => templates.Own.ContainsKey($"{Language}/{kind}");

    // What is written as it would be without, is not one's own.
    private void Keep()
    {
        var standing = templates.Of(Kind, Language);
        var written = new MailTemplate(Subject, Body.ReplaceLineEndings("\n"));
        if (written != standing with { Body = standing.Body.ReplaceLineEndings("\n") }) templates = templates.With(Language, Kind, written);
    }

    /// <summary>Everything, with what is being written.</summary>
    public MailTemplates Whole()
    {
        Keep();
        return templates = templates with { Brand = Brand, Language = Language };
    }

    public static string Words(string kind) => kind switch
    {
        MailKinds.Received => "Ticket received",
        MailKinds.Accepted => "Ticket accepted",
        MailKinds.Rejected => "Ticket rejected",
        MailKinds.Resolved => "Ticket solved",
        MailKinds.Closed => "Ticket closed",
        MailKinds.Reopened => "Ticket reopened",
        MailKinds.Escalated => "Ticket escalated, to the customer",
        MailKinds.Reply => "New messages while away",
        MailKinds.Assigned => "Ticket assigned",
        MailKinds.Mention => "Mention in a note",
        MailKinds.OfferMissed => "Offer missed",
        MailKinds.Escalation => "Needs attention, by a rule",
        MailKinds.Reset => "Forgotten password",
        MailKinds.PasswordChanged => "Password changed",
        MailKinds.Invite => "Invitation",
        MailKinds.NewSignIn => "Log-in from a new browser",
        MailKinds.Confirm => "Confirm the address",
        MailKinds.Report => "Scheduled report",
        MailKinds.Summary => "Daily summary for managers",
        _ => kind,
    };
}
