using System.Net;
using System.Text;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Answers by mail become messages; everything else is refused and listed.</summary>
[Trait("Category", "Nodes")]
public sealed class InboundTests(MailDesk desk) : IClassFixture<MailDesk>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_a_message_once_and_without_what_it_quotes()
    {
        var (customer, ticket, to) = await Answerable("Answered by mail");
        var mail = $"From: Nora <{customer.Email}>\r\nTo: <{to}>\r\nMessage-ID: <{Guid.NewGuid():N}@mua.test>\r\nSubject: Re: x\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDanke, das geht so f=C3=BCr mich.\r\n\r\nOn 1 March 2026 SupportLive wrote:\r\n> Hello\r\n--b1\r\nContent-Type: text/html\r\n\r\n<p>Danke</p>\r\n--b1--\r\n";

        Assert.True((await Post(mail)).Must()["taken"]!.GetValue<bool>());
        Assert.True((await Post(mail)).Must()["taken"]!.GetValue<bool>());

        Assert.Equal("Danke, das geht so für mich.", Assert.Single(await desk.Node.Log(customer, ticket), e => e.Kind == "message").Body);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Precedence: bulk")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("Return-Path: <>")]
    public async Task What_a_program_answers_is_no_message_and_gets_no_mail(string header)
    {
        var (customer, ticket, to) = await Answerable("Out of office");

        var answer = await Post($"From: {customer.Email}\r\nTo: {to}\r\nMessage-ID: <{Guid.NewGuid():N}@mua.test>\r\n{header}\r\n\r\nI am away.\r\n");

        Assert.False(answer.Must()["taken"]!.GetValue<bool>());
        Assert.DoesNotContain(await desk.Node.Log(customer, ticket), e => e.Kind == "message");
    }

    [Fact]
    public async Task From_somebody_else_or_to_a_made_up_address_nothing_is_taken()
    {
        var (customer, ticket, to) = await Answerable("Not from you");
        var stranger = await People.NewCustomer(desk.Node);
        foreach (var (from, recipient) in ((string, string)[])[(stranger.Email, to), (customer.Email, "reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@in.support.test"), (customer.Email, "desk@support.test"), ($"{customer.Email}, {stranger.Email}", to)])
        {
            var answer = await Post($"From: {from}\r\nTo: {recipient}\r\nMessage-ID: <{Guid.NewGuid():N}@mua.test>\r\n\r\nHello\r\n");
            Assert.False(answer.Must()["taken"]!.GetValue<bool>());
        }

        Assert.DoesNotContain(await desk.Node.Log(customer, ticket), e => e.Kind == "message");
    }

    [Fact]
    public async Task Without_the_secret_nothing_is_read() =>
        (await desk.Node.Anonymous.PostText("/api/inbound/mail", "From: x", "message/rfc822")).Refused(HttpStatusCode.Unauthorized, "unauthenticated");

    [Fact]
    public async Task A_closed_ticket_takes_no_answer_and_says_why()
    {
        var (customer, ticket, to) = await Answerable("Closed");
        (await desk.Node.Move(desk.People.Agent, ticket, "close")).Must();

        Assert.Contains("closed", (await Post($"From: {customer.Email}\r\nTo: {to}\r\n\r\nHello\r\n")).Must()["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fine\n-- \nNora\nSales", "Fine")]
    [InlineData("Fine\n\nAm 1. März 2026 um 10:00 schrieb SupportLive\n<reply@in.test>:\n> Hallo", "Fine")]
    [InlineData("Fine\n-- Please write your answer above this line --\nold", "Fine")]
    [InlineData("Fine\n________________________________\nFrom: x", "Fine")]
    [InlineData("First\n> quoted\nSecond", "First\nSecond")]
    [InlineData("On Monday I wrote it down", "On Monday I wrote it down")]
    public void What_is_quoted_and_signed_is_left_out(string text, string kept) => Assert.Equal(kept, Core.Outbound.Mail.ReplyText.Of(text));

    private async Task<(Person Customer, Guid Ticket, string To)> Answerable(string subject)
    {
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.OpenTicket(customer, subject);
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        var mail = await desk.Mail(customer, "takes care of it");
        var to = new System.Net.Mail.MailAddress(mail.Header("Reply-To")!).Address;
        Assert.Matches(@"^reply\+[a-z2-7]{26}@in\.support\.test$", to);
        return (customer, ticket, to);
    }

    private async Task<Answer> Post(string raw)
    {
        using var http = new HttpClient { BaseAddress = desk.Node.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inbound/mail") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(raw)) };
        request.Headers.Add("X-Inbound-Secret", MailDesk.Secret);
        using var response = await http.SendAsync(request, Ct);
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Ct), response.Headers);
    }
}
