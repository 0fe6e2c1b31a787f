namespace SupportLive.Core.Outbound.Mail;

/// <summary>Why somebody gets a mail, and who can end that.</summary>
internal static class MailFoot
{
    /// <param name="token">Ends mails of this kind for whoever has an account; null where there is nothing to end, or nobody to choose.</param>
    public static string Text(string kind, string brand, string? token, MailOptions options) => token is null
        ? $"\n--\n{Why(kind, brand)}\n"
        : $"\n--\nWhich mails you get: {options.Link("/account/notifications")}\nNo more mails of this kind: {options.Link($"/account/unsubscribe?token={token}")}\n";

    public static string Html(string kind, string brand, string? token, MailOptions options) => token is null
        ? MailMarkup.Escaped(Why(kind, brand))
        : $"Sent by {MailMarkup.Escaped(brand)}. <a href=\"{MailMarkup.Escaped(options.Link("/account/notifications"))}\">Choose which mails you get</a>, or get <a href=\"{MailMarkup.Escaped(options.Link($"/account/unsubscribe?token={token}"))}\">no more of this kind</a>.";

    // Reports and rules write to addresses that may have no account to choose anything with.
    private static string Why(string kind, string brand) => kind == MailKinds.Report
        ? $"You get this report because your address was named for it. The managers of {brand} can end it, on the page Reports, under “Reports by mail”."
        : MailKinds.IsOfAccount(kind)
            ? $"This mail is about your account at {brand}; you get it whatever you have chosen."
            : $"You get this mail because a rule names your address. The managers of {brand} can change it, on the page Escalation.";
}
