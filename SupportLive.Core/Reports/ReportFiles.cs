using System.Globalization;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Reports.Paper;

namespace SupportLive.Core.Reports;

/// <summary>The file that goes with a mailed report, and the sentence that says what became of it.</summary>
public sealed class ReportFiles(ReportTickets tickets, TicketsCsv csv)
{
    /// <summary>In bytes; what is larger stays on the page, because mail servers refuse it.</summary>
    public const int Largest = 10 * 1024 * 1024;

    public (MailAttachment? File, string Sentence) Pdf(string name, ReportAsked asked, SummaryView summary, CancellationToken ct)
    {
        var pdf = ReportPdf.Draw(summary, asked, "SupportLive", ct);
        return pdf.Ok ? Sized(new(Name(name, asked, "pdf"), "application/pdf", pdf.Value)) : (null, $"The PDF is missing. {pdf.Refusal.Message}");
    }

    /// <param name="largest">In bytes.</param>
    public async Task<(MailAttachment? File, string Sentence)> Csv(string name, ReportAsked asked, CancellationToken ct, int largest = Largest)
    {
        var numbers = (await tickets.Numbers(Actor.SupportLive, asked, new TicketSelection(), ct)).Must();
        using var written = new MemoryStream();
        // Asked before each page, so that no more is held in memory than is sent.
        var whole = await csv.Write(written, numbers, _ => ValueTask.FromResult(written.Length <= largest), ct);
        return whole.Ok ? Sized(new(Name(name, asked, "csv"), "text/csv", written.ToArray()), largest) : TooLarge("csv");
    }

    private static (MailAttachment? File, string Sentence) Sized(MailAttachment file, int largest = Largest) =>
        file.Bytes.Length <= largest ? (file, $"Attached: {file.Name} ({Size(file.Bytes.Length)}).") : TooLarge(file.Name[^3..]);

    private static (MailAttachment? File, string Sentence) TooLarge(string ending) =>
        (null, $"The {ending.ToUpperInvariant()} is larger than {Size(Largest)}, so it is not attached: open the report, and download it there.");

    private static string Size(int bytes) => bytes < 1024 * 1024 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1024)} kB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MB");

    // As the reader's program will show it, so that the mail names it so too.
    private static string Name(string name, ReportAsked asked, string ending)
    {
        var (first, last) = asked.Period.Dates;
        return SmtpPost.FileName($"{name}-{ReportLetters.Iso(first)}{(first == last ? "" : $"-{ReportLetters.Iso(last)}")}.{ending}");
    }
}
