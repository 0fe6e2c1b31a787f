using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>The picture at the head of mails.</summary>
[Trait("Category", "Nodes")]
public sealed class LogoTests(World world) : IAsyncLifetime
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly MailDesk desk = new(world);

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    [Fact]
    public async Task A_logo_travels_inside_each_mail_until_it_is_taken_away()
    {
        var manager = desk.Node.As(desk.People.Manager);
        (await manager.Put("/api/settings/mail-logo", new { picture = Png })).Must();
        var customer = await People.NewCustomer(desk.Node);
        await desk.Node.OpenTicket(customer, "With a picture");

        var mail = await desk.Mail(customer, "With a picture");
        Assert.Contains("<img src=\"cid:logo\" alt=\"SupportLive\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Content-ID: <logo>", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Type: image/png", mail.Raw, StringComparison.OrdinalIgnoreCase);
        var id = (await desk.Outbox()).First(m => m["to"]!.GetValue<string>() == customer.Email && m["kind"]!.GetValue<string>() == "received")["id"];
        Assert.Contains($"src=\"data:image/png;base64,{Convert.ToBase64String(Png)}\"", (await manager.Get($"/api/outbox/{id}")).Must()["html"]!.GetValue<string>(), StringComparison.Ordinal);
        var recorded = (await desk.Node.As(desk.People.Admin).Get("/api/audit")).Must().Body.ToJsonString();
        Assert.Contains($"image/png, {Png.Length} bytes", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Png)[..40], recorded, StringComparison.Ordinal);

        (await manager.Put("/api/settings/mail-logo", new { picture = (byte[]?)null })).Must();
        await desk.Node.OpenTicket(customer, "Without one");
        Assert.DoesNotContain("<img", (await desk.Mail(customer, "Without one")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_small_picture_is_refused()
    {
        var manager = desk.Node.As(desk.People.Manager);
        (await manager.Put("/api/settings/mail-logo", new { picture = "<svg onload='alert(1)'/>"u8.ToArray() })).Refused(HttpStatusCode.BadRequest, "invalid");
        (await manager.Put("/api/settings/mail-logo", new { picture = (byte[])[.. Png, .. new byte[64 * 1024]] })).Refused(HttpStatusCode.BadRequest, "invalid");
        (await manager.Put("/api/settings/mail-logo", new { picture = "no Base64" })).Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Null((await manager.Get("/api/settings/mail-logo")).Must()["picture"]);
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
