using System.Net;
using System.Net.Sockets;
using SupportLive.Core.Health;
using SupportLive.Core.Outbound.Mail;
using Xunit;

namespace SupportLive.Tests.Health;

public sealed class MailCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_mail_server_there_is_nothing_to_check() => Assert.Null(await new MailCheck(new MailOptions()).Look(Ct));

    [Theory]
    [InlineData("220 mail.test ESMTP\r\n", VerdictState.Ok)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", VerdictState.Fail)]
    public async Task A_mail_server_is_known_by_its_greeting(string greeting, VerdictState state)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var looking = new MailCheck(At(server)).Look(Ct);
        using var line = await server.AcceptTcpClientAsync(Ct);
        await line.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting), Ct);

        Assert.Equal(state, (await looking)!.State);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_with_what_to_do()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var options = At(server);
        server.Stop();

        var verdict = (await new MailCheck(options).Look(Ct))!;

        Assert.Equal(VerdictState.Fail, verdict.State);
        Assert.Contains("Mail__Host", verdict.HowToFix, StringComparison.Ordinal);
    }

    private static MailOptions At(TcpListener server) => new() { Host = "127.0.0.1", Port = ((IPEndPoint)server.LocalEndpoint).Port, Tls = "none" };
}
