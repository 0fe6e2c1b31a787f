using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Tests.Tickets;
using SupportLive.Web.Chat;
using Xunit;

namespace SupportLive.Tests.Chat;

/// <summary>Names behind an "@" are marked in notes, as the reader's own or a colleague's, and nothing else becomes anything.</summary>
public sealed class MentionMarkTests : BunitContext
{
    private static readonly ColleagueView Me = new(Guid.NewGuid(), "Ann", true);

    private static readonly ColleagueView[] Names = [Me, new(Guid.NewGuid(), "Ann Lee", true), new(Guid.NewGuid(), "J. (Jo) <O'Neil>+", true)];

    [Theory]
    [InlineData("@Ann!", "<strong class=\"mention me\">@Ann</strong>!")]
    [InlineData("(@ann lee)", "(<span class=\"mention\">@ann lee</span>)")]
    [InlineData("@Ann leeward", "<strong class=\"mention me\">@Ann</strong> leeward")]
    [InlineData("a & @J. (Jo) <O'Neil>+ <b>", "a &amp; <span class=\"mention\">@J. (Jo) &lt;O&#39;Neil&gt;+</span> &lt;b&gt;")]
    [InlineData("@Ann@Ann", "<strong class=\"mention me\">@Ann</strong>@Ann")]
    [InlineData("@Ann https://desk.test/@Ann @Ann Lee", "<strong class=\"mention me\">@Ann</strong> <a href=\"https://desk.test/@Ann\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://desk.test/@Ann</a> <span class=\"mention\">@Ann Lee</span>")]
    public void A_name_is_marked_and_the_rest_stays_text(string text, string html) => Assert.Equal(html, Addresses.Linked(text, Names, Me.Id)!.Value.Value);

    [Theory]
    [InlineData("mail@ann")]
    [InlineData("@Anna @Annä @Ann7 @ Ann @")]
    [InlineData("Ann <b>")]
    public void Where_nobody_is_mentioned_nothing_is_marked(string text) => Assert.Null(Addresses.Linked(text, Names, Me.Id));

    [Fact]
    public void Where_nobody_may_be_mentioned_an_at_is_a_letter_like_others()
    {
        Assert.Null(Addresses.Linked("@Ann"));
        Assert.Null(Addresses.Linked("@Ann", [], Me.Id));
    }

    [Theory]
    [InlineData(Wire.Note, Feed.Staff, 1)]
    [InlineData(Wire.Message, Feed.Public, 0)]
    public void Lines_mark_names_in_notes_and_not_in_what_the_customer_reads(string kind, Feed feed, int marks)
    {
        var names = new Colleagues(null!, TimeProvider.System);
        names.Load(Names);
        Services.AddSingleton(names);
        var entry = new EntryView(Guid.NewGuid(), feed, 1, Guid.NewGuid(), kind, new AuthorView(Cast.Agent.Id, "Ben", Roles.Agent), "Ask @Ann Lee", null, [], null, Cast.Now);

        var line = Render<TimelineLine>(p => p.Add(l => l.Line, new Line(entry, null, false, false)).Add(l => l.Ticket, Cast.Shown(Cast.OpenTicket())));

        Assert.Equal(marks, line.FindAll(".mention").Count);
        Assert.Contains("Ask @Ann Lee", line.Find(".body").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_composer_knows_colleagues_only_where_it_is_given_them()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule(_ => true).SetupModule(_ => true);
        var asked = 0;
        var of = Render<Composer>(p => p.Add(c => c.Tabs, true).Add(c => c.Store, Store).Add(c => c.Mentionable, () => Task.FromResult<IReadOnlyList<string>>([$"Ann {++asked}"])));
        var without = Render<Composer>(p => p.Add(c => c.Store, Store));

        Assert.Equal(0, asked); // nobody is asked for before the first "@"
        Assert.Equal(["Ann 1"], await of.InvokeAsync(of.Instance.Colleagues));
        Assert.Empty(await without.InvokeAsync(without.Instance.Colleagues));
        var list = of.Find("[data-mentions]");
        Assert.Equal(("listbox", "Colleagues", true), (list.GetAttribute("role"), list.GetAttribute("aria-label"), list.HasAttribute("hidden")));

        static Task<Sent> Store(NewMessage message) => Task.FromResult(new Sent(true, false, null));
    }
}
