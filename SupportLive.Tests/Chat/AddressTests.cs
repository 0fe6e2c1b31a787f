using SupportLive.Web.Chat;
using Xunit;

namespace SupportLive.Tests.Chat;

/// <summary>Addresses in messages become links, and nothing else becomes anything.</summary>
public sealed class AddressTests
{
    private const string Rest = """ target="_blank" rel="noopener noreferrer nofollow">""";

    [Theory]
    [InlineData("See https://desk.test/a?b=1&c=2.", "https://desk.test/a?b=1&amp;c=2", "See ", ".")]
    [InlineData("(http://desk.test/a_(b))", "http://desk.test/a_(b)", "(", ")")]
    [InlineData("HTTPS://DESK.TEST", "HTTPS://DESK.TEST", "", "")]
    [InlineData("a\nhttps://desk.test\nb", "https://desk.test", "a\n", "\nb")]
    public void An_address_is_a_link_that_gives_nothing_away_and_keeps_its_sentence(string text, string address, string before, string behind) =>
        Assert.Equal($"""{before}<a href="{address}"{Rest}{address}</a>{behind}""", Addresses.Linked(text)!.Value.Value);

    [Theory]
    [InlineData("javascript://desk.test/%0aalert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("ftp://desk.test file://etc/passwd")]
    [InlineData("https://")]
    [InlineData("http://.")]
    [InlineData("plain words")]
    public void What_is_no_web_address_stays_text(string text) => Assert.Null(Addresses.Linked(text));

    [Theory]
    [InlineData("https://desk.test/\"onmouseover=\"alert(1)", "&quot;onmouseover=&quot;alert(1)")]
    [InlineData("https://desk.test/'onmouseover='alert(1)", "&#39;onmouseover=&#39;alert(1)")]
    [InlineData("<img src=x onerror=alert(1)> https://desk.test", "&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("https://desk.test/<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("https://desk.test</a><b>", "&lt;/a&gt;&lt;b&gt;")]
    public void Hostile_words_beside_an_address_stay_words(string text, string shown)
    {
        var html = Addresses.Linked(text)!.Value.Value;

        Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.Equal((1, 1), (html.Split("<a ").Length - 1, html.Split("</a>").Length - 1));
        Assert.Equal(2, html.Count(c => c == '<'));
        Assert.Equal(6, html.Count(c => c == '"')); // those of href, target and rel
    }
}
