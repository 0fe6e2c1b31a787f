using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Mails and passwords travel behind a certificate that this machine trusts, or not at all.</summary>
[Trait("Category", "Nodes")]
public sealed class TlsTests(World world)
{
    private static readonly string[] Secret = ["--Mail:Host=localhost", "--Mail:Tls=starttls", "--Mail:User=desk", "--Mail:Password=The-Password-1"];

    [Fact]
    public async Task A_mail_and_the_password_travel_behind_tls()
    {
        using var certificate = Certificate();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var server = new MailServer { Certificate = certificate };
        await using var node = await NodeProcess.Start(await world.NewDatabase(), new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = file }, [.. server.Options, .. Secret]);

        var email = await Open(node.As);

        await Eventually.True(() => Task.FromResult(server.Mails.Any(m => m.To.Contains(email))), "the mail comes");
        Assert.Equal(("desk", "The-Password-1"), server.LoggedIn);
        File.Delete(file);
    }

    [Fact]
    public async Task A_server_with_a_certificate_that_nobody_trusts_gets_nothing()
    {
        using var certificate = Certificate();
        await using var server = new MailServer { Certificate = certificate };
        await Waits(server, "certificate");
    }

    [Fact]
    public async Task A_server_without_tls_gets_nothing()
    {
        await using var server = new MailServer();
        await Waits(server, "secure");
    }

    private async Task Waits(MailServer server, string why)
    {
        await using var node = await TestNode.Start(await world.NewDatabase(), [.. server.Options, .. Secret]);

        await Open(node.As);

        var manager = await People.LogIn(node, "manager@demo.test");
        await Eventually.True(
            async () => (await node.As(manager).Get("/api/outbox?status=waiting")).Must()["items"]!.AsArray().Any(m => m!["lastAnswer"]?.GetValue<string>().Contains(why, StringComparison.OrdinalIgnoreCase) == true),
            "the mail waits, and the outbox says why");
        Assert.Empty(server.Mails);
        Assert.Null(server.LoggedIn);
    }

    private static async Task<string> Open(Func<Person?, Rest> door)
    {
        var email = $"{Guid.NewGuid():N}@people.test";
        (await door(null).Post("/api/auth/register", new { email, password = People.Password, displayName = "Kay" })).Must(HttpStatusCode.Created);
        var token = (await door(null).Post("/api/auth/login", new { email, password = People.Password })).Must()["accessToken"]!.GetValue<string>();
        (await door(new Person(Guid.Empty, email, email, token)).Post("/api/tickets", new { subject = "Behind TLS", description = "Hello", category = "general", priority = "low" })).Must(HttpStatusCode.Created);
        return email;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null); // so that the key is there to serve with
    }
}
