namespace SupportLive.Core.Outbound.Mail;

/// <summary>A mail as it goes out. One recipient, and nothing in it that a reader could have put into a header.</summary>
/// <param name="References">The Message-ID that this mail's conversation hangs on; null for one that stands alone.</param>
/// <param name="Unsubscribe">Where one click ends such mails; null for mails about the account.</param>
public sealed record Letter(string FromName, string From, string To, string Subject, string Text, string Html, string MessageId, string? References = null, string? ReplyTo = null, string? Unsubscribe = null)
{
    /// <summary>The picture that the HTML calls <c>cid:logo</c>.</summary>
    public MailAttachment? Logo { get; init; }

    /// <summary>Files that go with it; their names are made harmless when it is sent.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];
}

/// <summary>Takes letters to where they are sent from.</summary>
public interface IPost
{
    /// <summary>Ends within the time that an attempt may take. Expected failures are answers.</summary>
    Task<PostAnswer> Send(Letter letter, CancellationToken ct);
}

/// <param name="Words">What the other server said, for people.</param>
public sealed record PostAnswer(PostResult Result, string Words);

/// <summary>Later: it was not taken; try again. Unknown: the line broke, perhaps behind the last word; try again, with the same letter. Never: this mail will not be taken. NoSuchAddress: nothing will, there. Kept: nothing is sent by this installation.</summary>
public enum PostResult { Accepted, Later, Unknown, Never, NoSuchAddress, Kept }

/// <summary>The inbox of an installation without a mail server: rows are shown at <c>/admin/outbox</c>.</summary>
public sealed class DevelopmentInbox : IPost
{
    public Task<PostAnswer> Send(Letter letter, CancellationToken ct) => Task.FromResult(new PostAnswer(PostResult.Kept, "No mail server is set, so this is kept here."));
}
