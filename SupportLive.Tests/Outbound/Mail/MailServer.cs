using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>A mail server on a real socket of this process, which speaks as much SMTP as a sender needs, strictly, and fails as it is told to.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly Task running;

    public MailServer(int port = 0)
    {
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        running = Run();
    }

    public int Port { get; }

    /// <summary>What is answered to a recipient; null for yes.</summary>
    public Func<string, string?> OnRecipient { get; set; } = _ => null;

    /// <summary>What is answered behind the last dot; null for yes.</summary>
    public Func<ReceivedMail, string?> OnData { get; set; } = _ => null;

    /// <summary>Offered with STARTTLS; null for a server without.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The user and password of the last log-in, which is taken behind TLS only.</summary>
    public (string User, string Password)? LoggedIn { get; private set; }

    /// <summary>Awaited before the last dot is answered.</summary>
    public Func<ReceivedMail, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int Attempts => attempts;

    private int attempts;

    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    public string[] Options => ["--Mail:Host=127.0.0.1", $"--Mail:Port={Port}", "--Mail:Tls=none", "--Mail:From=desk@support.test", "--Mail:PublicBaseUrl=https://desk.test", "--Mail:PerRecipientPerHour=1000", "--Mail:PerMinute=100000"];

    private async Task Run()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(ended.Token);
                _ = Serve(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1, false, 1024, leaveOpen: true);
            await using var writer = Writer(stream);
            await writer.WriteLineAsync("220 mail.test ready");
            if (!await Talk(reader, writer, secure: false)) return;
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(Certificate!);
            using var secret = new StreamReader(tls, Encoding.Latin1);
            await using var answers = Writer(tls);
            await Talk(secret, answers, secure: true);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side is gone.
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, Encoding.Latin1, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };

    // Whether the other side wants to go on behind TLS.
    private async Task<bool> Talk(StreamReader reader, StreamWriter writer, bool secure)
    {
        var (from, to) = ((string?)null, new List<string>());
        while (await reader.ReadLineAsync(ended.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO" or "HELO":
                    await writer.WriteLineAsync($"250-mail.test{(Certificate is not null && !secure ? "\r\n250-STARTTLS" : "")}{(secure ? "\r\n250-AUTH LOGIN" : "")}\r\n250 8BITMIME");
                    break;
                case "STARTTLS" when Certificate is not null && !secure:
                    await writer.WriteLineAsync("220 go on");
                    return true;
                case "AUTH" when secure:
                    var user = line.Split(' ') is [_, _, var given] ? given : await Asked("VXNlcm5hbWU6");
                    LoggedIn = (Plain(user), Plain(await Asked("UGFzc3dvcmQ6")));
                    await writer.WriteLineAsync("235 2.7.0 welcome");
                    break;
                case "MAIL" when from is null && line.StartsWith("MAIL FROM:<", StringComparison.OrdinalIgnoreCase):
                    (from, to) = (line[11..line.LastIndexOf('>')], []);
                    await writer.WriteLineAsync("250 2.1.0 fine");
                    break;
                case "RCPT" when from is not null && line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase):
                    var recipient = line[9..line.LastIndexOf('>')];
                    var answer = OnRecipient(recipient);
                    if (answer is null) to.Add(recipient);
                    else Interlocked.Increment(ref attempts);
                    await writer.WriteLineAsync(answer ?? "250 2.1.5 fine");
                    break;
                case "DATA" when to.Count > 0:
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(ended.Token) is { } content && content != ".") text.Append(content.StartsWith('.') ? content[1..] : content).Append("\r\n");
                    var mail = new ReceivedMail(from!, [.. to], text.ToString());
                    Interlocked.Increment(ref attempts);
                    await Before(mail);
                    if (OnData(mail) is { } no) await writer.WriteLineAsync(no);
                    else
                    {
                        mails.Enqueue(mail);
                        await writer.WriteLineAsync("250 2.0.0 taken");
                    }

                    from = null;
                    break;
                case "RSET" or "NOOP":
                    await writer.WriteLineAsync("250 fine");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return false;
                default:
                    await writer.WriteLineAsync("503 5.5.1 not now");
                    break;
            }
        }

        return false;

        async Task<string> Asked(string question)
        {
            await writer.WriteLineAsync($"334 {question}");
            return await reader.ReadLineAsync(ended.Token) ?? "";
        }

        static string Plain(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
    }

    public async ValueTask DisposeAsync()
    {
        if (ended.IsCancellationRequested) return;
        await ended.CancelAsync();
        listener.Stop();
        await running;
        ended.Dispose();
    }
}
