using System.Net.Sockets;
using System.Text;
using SupportLive.Core.Outbound.Mail;

namespace SupportLive.Core.Health;

/// <summary>Whether the mail server answers. Greets it and goes; nothing is sent and no password is used.</summary>
public sealed class MailCheck(MailOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null while no mail server is set.</summary>
    public async Task<Verdict?> Look(CancellationToken ct)
    {
        if (!options.Sends) return null;
        var place = $"{options.Host}:{options.Port}";
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(Patience);
        try
        {
            var greeting = await Greeting(time.Token);
            return greeting.StartsWith("220", StringComparison.Ordinal)
                ? new Verdict("Mail server", VerdictState.Ok, $"{place} answers.")
                : Failed($"{place} does not greet as a mail server does.", "Mail__Host and Mail__Port must name the server that takes mail over SMTP with STARTTLS, which is usually port 587.");
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Failed($"{place} cannot be reached.", "Look at Mail__Host and Mail__Port, and whether a firewall lets this machine out to that port. Mails wait and are tried again for a day; the chat goes on without them.");
        }
    }

    private static Verdict Failed(string seen, string fix) => new("Mail server", VerdictState.Fail, seen, fix);

    private async Task<string> Greeting(CancellationToken ct)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(options.Host!, options.Port, ct);
        var stream = line.GetStream();
        var buffer = new byte[512];
        var read = await stream.ReadAsync(buffer, ct);
        await stream.WriteAsync("QUIT\r\n"u8.ToArray(), ct);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
