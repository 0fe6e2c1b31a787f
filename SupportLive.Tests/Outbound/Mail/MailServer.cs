using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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

    /// <summary>Awaited before the last dot is answered.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

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
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await Talk(reader, writer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is gone.
        }
    }

    private async Task Talk(StreamReader reader, StreamWriter writer)
    {
        var (from, to) = ((string?)null, new List<string>());
        await writer.WriteLineAsync("220 mail.test ready");
        while (await reader.ReadLineAsync(ended.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO" or "HELO":
                    await writer.WriteLineAsync("250-mail.test\r\n250 8BITMIME");
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
                    await Before();
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
                    return;
                default:
                    await writer.WriteLineAsync("503 5.5.1 not now");
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await running;
        ended.Dispose();
    }
}
