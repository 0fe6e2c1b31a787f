using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>Hands letters to one mail server over SMTP, a connection each.</summary>
public sealed class SmtpPost(MailOptions options) : IPost
{
    public async Task<PostAnswer> Send(Letter letter, CancellationToken ct)
    {
        var limit = TimeSpan.FromSeconds(options.TimeoutSeconds);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limit);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls != "none", DeliveryFormat = SmtpDeliveryFormat.SevenBit };
        if (options.User is { Length: > 0 }) client.Credentials = new NetworkCredential(options.User, options.Password);
        try
        {
            using var message = Message(letter);
            // The client does not always hear that it is to stop, so nobody waits for it beyond the limit.
            var sending = client.SendMailAsync(message, time.Token);
            _ = sending.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await sending.WaitAsync(limit + TimeSpan.FromSeconds(1), ct);
            return new PostAnswer(PostResult.Accepted, "Accepted.");
        }
        catch (SmtpException e)
        {
            return Answer(e);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or IOException && !ct.IsCancellationRequested)
        {
            return new PostAnswer(PostResult.Unknown, $"No answer within {limit.TotalSeconds:0} seconds.");
        }
        catch (FormatException e)
        {
            return new PostAnswer(PostResult.Never, e.Message);
        }
    }

    private static MailMessage Message(Letter letter)
    {
        var message = new MailMessage
        {
            From = new MailAddress(letter.From, Name(letter.FromName), Encoding.UTF8),
            Subject = OneLine(letter.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(letter.To)); // without a name: names are chosen by whoever registers
        if (letter.ReplyTo is { } reply) message.ReplyToList.Add(new MailAddress(reply, Name(letter.FromName), Encoding.UTF8));
        message.Headers.Add("Message-ID", letter.MessageId);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (letter.References is { } references)
        {
            message.Headers.Add("In-Reply-To", references);
            message.Headers.Add("References", references);
        }

        if (letter.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        message.AlternateViews.Add(View(letter.Text, MediaTypeNames.Text.Plain));
        var html = View(letter.Html, MediaTypeNames.Text.Html);
        if (letter.Logo is { } logo) html.LinkedResources.Add(new LinkedResource(new MemoryStream(logo.Bytes), logo.MediaType) { ContentId = "logo", TransferEncoding = TransferEncoding.Base64 });
        message.AlternateViews.Add(html);
        foreach (var file in letter.Attachments) message.Attachments.Add(Attached(file));
        return message;
    }

    private static AlternateView View(string content, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.Base64; // lines of any length, and no dot or From at the beginning of one
        return view;
    }

    private static Attachment Attached(MailAttachment file)
    {
        var name = FileName(file.Name);
        var attachment = new Attachment(new MemoryStream(file.Bytes, writable: false), name, file.MediaType) { TransferEncoding = TransferEncoding.Base64 };
        attachment.ContentDisposition!.Inline = false;
        attachment.ContentDisposition.FileName = name;
        return attachment;
    }

    /// <summary>Letters, digits, dots, dashes; what else there was becomes one dash. At most 100 characters, the ending kept.</summary>
    internal static string FileName(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-'));
        plain = string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries)).Trim('.', '-');
        if (plain.Length > 100) plain = plain[..60] + plain[^40..];
        return plain.Length == 0 ? "file" : plain;
    }

    // The library puts a name between quotes and leaves quotes in it as they are.
    private static string Name(string name) => OneLine(string.Concat(name.Select(c => "\"\\<>@,;:()[]".Contains(c, StringComparison.Ordinal) ? ' ' : c)));

    /// <summary>Whatever ends a line, or is no text, becomes a space.</summary>
    internal static string OneLine(string text)
    {
        var line = string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) || Rune.GetUnicodeCategory(r) is System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.Format ? " " : r.ToString()));
        return string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static PostAnswer Answer(SmtpException e)
    {
        var code = (int)e.StatusCode;
        var words = OneLine(e.InnerException is { } inner && code < 0 ? $"{e.Message} {inner.Message}" : e.Message);
        if (words.Length > 500) words = words[..500];
        if (code < 0 && e.InnerException is not SocketException) return new(PostResult.Unknown, words);
        // Who is not let in has a wrong password here: that is mended, and then everything goes out.
        if (code is < 500 or >= 530 and < 540 || words.Contains("5.7.0", StringComparison.Ordinal) || words.Contains("5.7.8", StringComparison.Ordinal)) return new(PostResult.Later, words);
        return new(words.Contains("5.1.", StringComparison.Ordinal) ? PostResult.NoSuchAddress : PostResult.Never, $"{code} {words}");
    }
}
