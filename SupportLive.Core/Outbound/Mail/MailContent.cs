using SupportLive.Core.Accounts;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>Knows what stands in mails that are about neither a ticket nor an account.</summary>
public interface IMailContent
{
    /// <summary>Whether mails of this kind are its business.</summary>
    bool Writes(string kind);

    /// <summary>Null when there is nothing to tell any more.</summary>
    /// <param name="account">Whom it goes to; null for a plain address.</param>
    Task<MailContent?> Of(TakenMail mail, Account? account, CancellationToken ct);
}

/// <summary>What a template is filled with.</summary>
/// <param name="Values">By the names of variables.</param>
/// <param name="Blocks">By the names of variables that stand alone in a paragraph.</param>
/// <param name="Path">Where the button leads.</param>
public sealed record MailContent(IReadOnlyDictionary<string, string> Values, MailBlocks Blocks, string Path, MailAttachment? Attachment = null);

/// <param name="Name">As the reader's program shows it, with its ending.</param>
/// <param name="MediaType">Such as <c>application/pdf</c>.</param>
public sealed record MailAttachment(string Name, string MediaType, byte[] Bytes);
