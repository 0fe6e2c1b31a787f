using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Search;

/// <summary>What is found, by whom, and what is not.</summary>
[Trait("Category", "Nodes")]
public sealed class SearchTests(OneNode desk) : IClassFixture<OneNode>
{
    [Fact]
    public async Task Words_are_found_in_subjects_messages_and_notes_by_staff()
    {
        var word = Word();
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.OpenTicket(customer, $"The {word} is stuck");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        (await desk.Node.Say(customer, ticket, $"My {word} again")).Must(HttpStatusCode.Created);
        (await desk.Node.Say(desk.People.Agent, ticket, $"An old {word}", @internal: true)).Must(HttpStatusCode.Created);

        var hits = await Found(desk.People.Manager, word, 3);

        Assert.Equal(["message", "note", "ticket"], hits.Select(h => h["kind"]!.GetValue<string>()).Order());
        Assert.All(hits, h => Assert.Equal(ticket, h["ticketId"]!.GetValue<Guid>()));
        Assert.Contains($"My <mark>{word}</mark> again", hits.Single(h => h["kind"]!.GetValue<string>() == "message")["snippet"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("staff", hits.Single(h => h["kind"]!.GetValue<string>() == "note")["feed"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("ÜBUNG", "übung")]
    [InlineData("élan", "ÉLAN")]
    [InlineData("ПРИВЕТ", "привет")]
    public async Task Capital_and_small_letters_of_any_alphabet_are_one(string written, string asked)
    {
        var (word, customer) = (Word(), await People.NewCustomer(desk.Node));
        await desk.Node.OpenTicket(customer, $"{written}{word}");

        await Found(desk.People.Manager, $"{asked}{word}", 1);
    }

    [Fact]
    public async Task A_customer_finds_own_things_and_nothing_of_notes_or_of_others_not_even_how_many()
    {
        var word = Word();
        var (customer, stranger) = (await People.NewCustomer(desk.Node), await People.NewCustomer(desk.Node));
        var ticket = await desk.Node.AcceptedTicket(customer, desk.People.Agent);
        (await desk.Node.Say(desk.People.Agent, ticket, $"Secretly {word}", @internal: true)).Must(HttpStatusCode.Created);
        (await desk.Node.Say(customer, ticket, "Openly said")).Must(HttpStatusCode.Created);
        await Found(desk.People.Manager, word, 1);
        await Found(customer, "openly", 1);
        var others = await desk.Node.OpenTicket(stranger, $"Mine alone {word}");
        await Found(desk.People.Manager, word, 2);
        var number = (await desk.Node.As(stranger).Get($"/api/tickets/{others}"))["number"]!.GetValue<long>();

        foreach (var typed in (string[])[word, word[..6], $"\"mine alone\" {word}", $"{word} or zebra", Misspelled(word), $"#{number}", $"{number}"])
        {
            var page = (await Search(customer, typed)).Must().Body;
            Assert.Empty(page["items"]!.AsArray());
            Assert.Null(page["nextCursor"]);
            Assert.Null(page["corrected"]); // a correction would tell that somebody has used the word
        }

        Assert.Single(await Found(stranger, word, 1));
    }

    [Fact]
    public async Task Phrases_beginnings_numbers_forms_and_misspelled_words_are_found()
    {
        var word = Word();
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.AcceptedTicket(customer, desk.People.Agent);
        var number = (await desk.Node.As(customer).Get($"/api/tickets/{ticket}"))["number"]!.GetValue<long>();
        (await desk.Node.Say(customer, ticket, $"Our {word} shows wrong invoices today")).Must(HttpStatusCode.Created);
        (await desk.Node.Say(customer, ticket, $"Today the {word} shows all of it right, wrong are others")).Must(HttpStatusCode.Created);
        await Found(customer, word, 2);

        foreach (var who in (Person[])[customer, desk.People.Manager])
        {
            Assert.Equal(1, await Count(who, $"{word} \"shows wrong\""));
            Assert.Equal(2, await Count(who, $"\"{word} shows\""));
            Assert.Equal(2, await Count(who, word[..7]));
            Assert.Equal(1, await Count(who, $"{word} invoice"));
            Assert.Equal(1, await Count(who, $"{word} -invoices"));
            Assert.Equal(ticket, (await Search(who, $"#{number}")).Must()["items"]![0]!["ticketId"]!.GetValue<Guid>());
            Assert.Equal(ticket, (await Search(who, $"{number}")).Must()["items"]![0]!["ticketId"]!.GetValue<Guid>());
            var corrected = (await Search(who, Misspelled(word))).Must();
            Assert.Equal(word, corrected["corrected"]!.GetValue<string>());
            Assert.Equal(2, corrected["items"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task Pages_put_together_are_all_hits_newest_first_each_once()
    {
        var word = Word();
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.AcceptedTicket(customer, desk.People.Agent);
        for (var n = 0; n < 11; n++) (await desk.Node.Say(customer, ticket, $"{word} number {n}")).Must(HttpStatusCode.Created);
        await Found(customer, word, 11);

        foreach (var who in (Person[])[customer, desk.People.Agent])
        {
            var seqs = new List<int>();
            string? cursor = null;
            do
            {
                var page = (await desk.Node.As(who).Get($"/api/search?q={word}&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}")).Must();
                seqs.AddRange(page["items"]!.AsArray().Select(h => h!["seq"]!.GetValue<int>()));
                cursor = page["nextCursor"]?.GetValue<string>();
            }
            while (cursor is not null);

            Assert.Equal(Enumerable.Range(3, 11).Reverse(), seqs);
        }
    }

    [Fact]
    public async Task A_snippet_is_safe_to_show()
    {
        var word = Word();
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.AcceptedTicket(customer, desk.People.Agent);
        (await desk.Node.Say(customer, ticket, $"<img src=x onerror=alert(1)> & \"{word}\" </mark><b>")).Must(HttpStatusCode.Created);

        var snippet = (await Found(desk.People.Agent, word, 1))[0]["snippet"]!.GetValue<string>();

        Assert.Contains($"<mark>{word}</mark>", snippet, StringComparison.Ordinal);
        Assert.Equal(["<mark>", "</mark>"], System.Text.RegularExpressions.Regex.Matches(snippet, "<[^>]*>", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value));
    }

    [Fact]
    public async Task What_was_edited_is_found_as_it_is_now()
    {
        var (before, after) = (Word(), Word());
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.OpenTicket(customer, $"About {before}");
        await Found(customer, before, 1);
        var version = (await desk.Node.As(desk.People.Agent).Get($"/api/tickets/{ticket}"))["version"]!.GetValue<int>();

        (await desk.Node.As(desk.People.Agent).Patch($"/api/tickets/{ticket}", new { subject = $"About {after}", version })).Must();

        await Found(customer, after, 1);
        Assert.Equal(0, await Count(customer, before));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20%20")]
    [InlineData("-printer")]
    [InlineData("fire+or+-water")]
    [InlineData("fire&limit=0")]
    [InlineData("fire&limit=51")]
    [InlineData("fire&limit=many")]
    [InlineData("fire&cursor=elsewhere")]
    public async Task Bad_input_is_refused(string query) => (await desk.Node.As(desk.People.Agent).Get($"/api/search?q={query}")).Refused(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task Odd_input_is_answered_calmly()
    {
        (await Search(desk.People.Agent, new string('a', 1000))).Refused(HttpStatusCode.BadRequest, "invalid");
        foreach (var typed in (string[])["-", "\"", "\"\"\"", "& | ! ( )", ":*", "or", "a:* & b", "\\", "'; drop table tickets; --x", "<script>", "日本語", "ÄÖÜ", "1e400", "#99999999999999", "the", "a or b or", new string('x', 200)])
            (await Search(desk.People.Agent, typed)).Must();
    }

    private Task<Answer> Search(Person who, string typed) => desk.Node.As(who).Get($"/api/search?q={Uri.EscapeDataString(typed)}");

    private async Task<int> Count(Person who, string typed) => (await Search(who, typed)).Must()["items"]!.AsArray().Count;

    private async Task<IReadOnlyList<JsonNode>> Found(Person who, string typed, int count) => await Eventually.Get(
        async () => (IReadOnlyList<JsonNode>)[.. (await Search(who, typed)).Must()["items"]!.AsArray().Select(h => h!)], hits => hits.Count == count, $"{count} hits for {typed}");

    /// <summary>A word that no other test uses, of letters alone.</summary>
    private static string Word() => string.Concat(Guid.NewGuid().ToString("N")[..12].Select(c => char.IsDigit(c) ? (char)('g' + (c - '0')) : c));

    // One letter too many.
    private static string Misspelled(string word) => $"{word[..5]}z{word[5..]}";
}
