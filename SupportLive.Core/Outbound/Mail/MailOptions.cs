using System.Net;
using System.Net.Mail;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>The section <c>Mail</c>. Without a host nothing is sent: mails are kept, and shown at <c>/admin/outbox</c>.</summary>
public sealed record MailOptions
{
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The address that mails come from.</summary>
    public string From { get; init; } = "support@localhost.localdomain";

    /// <summary>Where people find SupportLive; the only base of links. Never what a request calls itself.</summary>
    public string PublicBaseUrl { get; init; } = "http://localhost:5080";

    /// <summary><c>starttls</c>, or <c>none</c> for a server on this machine.</summary>
    public string Tls { get; init; } = "starttls";

    /// <summary>The address that answers come to, such as <c>reply@in.example.com</c>; a token is put into it. Needs <see cref="InboundSecret"/>.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What whoever posts to <c>/api/inbound/mail</c> has to know; at least 16 characters.</summary>
    public string? InboundSecret { get; init; }

    /// <summary>Mails that one node sends at the same time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How old an unread message is when it is mailed to who is not here.</summary>
    public double AwayMinutes { get; init; } = 2;

    /// <summary>Mails to one person in an hour, those about the account aside; more wait.</summary>
    public int PerRecipientPerHour { get; init; } = 60;

    /// <summary>Mails of all nodes in a minute; more wait.</summary>
    public int PerMinute { get; init; } = 600;

    /// <summary>How long one attempt may take.</summary>
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>After so long without a word another node takes a mail over; longer than an attempt.</summary>
    public double LeaseSeconds { get; init; } = 120;

    /// <summary>After so long a mail that nobody took has failed.</summary>
    public double GiveUpHours { get; init; } = 24;

    public bool Sends => !string.IsNullOrWhiteSpace(Host);

    public bool TakesReplies => !string.IsNullOrWhiteSpace(ReplyTo) && !string.IsNullOrWhiteSpace(InboundSecret);

    public string Domain => From[(From.LastIndexOf('@') + 1)..];

    public string Link(string path) => PublicBaseUrl.TrimEnd('/') + path;

    /// <summary>Refuses to start with a sentence.</summary>
    /// <param name="baseIsSet">Whether somebody has said where people find SupportLive.</param>
    public MailOptions Valid(bool baseIsSet)
    {
        if (!MailAddress.TryCreate(From, out var from) || from.Address != From) throw new StartupRefusal("Mail__From is not an e-mail address.");
        if (!Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) throw new StartupRefusal("Mail__PublicBaseUrl is not the address of a web site.");
        if (Tls is not ("starttls" or "none")) throw new StartupRefusal("Mail__Tls is starttls or none.");
        if (Sends && !baseIsSet) throw new StartupRefusal("Mail__PublicBaseUrl is missing: links in mails need the address where people find SupportLive.");
        if (Sends && Tls == "none" && !IsLoopback(Host!)) throw new StartupRefusal("Mail__Tls=none is for a server on this machine only; passwords and links would travel in the open.");
        if (ReplyTo is { Length: > 0 } && (!MailAddress.TryCreate(ReplyTo, out var reply) || reply.Address != ReplyTo || reply.User.Contains('+', StringComparison.Ordinal))) throw new StartupRefusal("Mail__ReplyTo is not an e-mail address without +.");
        if (InboundSecret is { Length: > 0 and < 16 }) throw new StartupRefusal("Mail__InboundSecret needs at least 16 characters.");
        if (Parallel is < 1 or > 64 || AwayMinutes < 0 || PerRecipientPerHour < 1 || PerMinute < 1 || TimeoutSeconds <= 0 || LeaseSeconds <= TimeoutSeconds || GiveUpHours <= 0)
            throw new StartupRefusal("A figure under Mail is out of its range; Mail__LeaseSeconds must be longer than Mail__TimeoutSeconds.");
        return this;
    }

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
}
