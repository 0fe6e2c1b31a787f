using Xunit;

namespace SupportLive.Tests.Browser;

/// <summary>conversation.js in a real browser, at a hub that this page plays.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class ConversationScriptTests(Screens screens) : IClassFixture<Screens>
{
    // A log of numbered messages, and the hub's half of the contract: pages of 200, reset for whoever knows another log.
    private const string Stage =
        """
        const { Conversation } = await import('/js/conversation.js');
        const handlers = {}, shown = [], resets = [];
        let last = 2, epoch = 'one', before = async () => {};
        const entry = (seq) => ({ ticketId: 't', feed: 'public', seq, body: String(seq) });
        const hub = {
          state: 'Disconnected',
          on: (name, handler) => { handlers[name] = handler; },
          onclose: (handler) => { hub.closed = handler; },
          start: async () => { hub.state = 'Connected'; },
          stop: async () => { hub.state = 'Disconnected'; },
          invoke: async (method, ticketId, after, staffAfter, known) => {
            const reset = after !== null && known !== epoch;
            const from = after === null || reset ? Math.max(0, last - 50) : after;
            const to = after === null || reset ? last : Math.min(last, from + 200);
            const entries = Array.from({ length: to - from }, (_, i) => entry(from + 1 + i));
            await before(to);
            return { value: { entries, reset, epoch, more: to < last } };
          },
        };
        const until = async (holds) => { for (let n = 0; n < 500 && !holds(); n++) await new Promise((done) => setTimeout(done, 10)); };
        const chat = new Conversation({ hub, ticketId: 't', account: 'a', onEntry: (e) => shown.push(e.seq), onReset: () => { resets.push(shown.length); shown.length = 0; } });
        """;

    private async Task<int[]> Play(string scene)
    {
        var page = await screens.Open();
        await page.GotoAsync("/account/login");
        var shown = await page.EvaluateAsync<int[]>($"async () => {{ {Stage} {scene} return shown; }}");
        await page.Context.CloseAsync();
        return shown;
    }

    [Fact]
    public async Task What_is_pushed_before_the_join_is_answered_is_shown_behind_it() => Assert.Equal(
        new[] { 1, 2, 3, 4 },
        await Play("before = async () => { before = async () => {}; handlers.message(entry(3)); handlers.message(entry(4)); }; await chat.open(); await until(() => shown.length >= 4);"));

    [Fact]
    public async Task Who_was_away_for_five_thousand_messages_is_shown_each_of_them_once_and_in_order() => Assert.Equal(
        Enumerable.Range(1, 5003),
        await Play(
            """
            await chat.open();
            hub.state = 'Disconnected';
            last = 5002;
            before = async (to) => { if (to === 1002) { last = 5003; handlers.message(entry(5003)); } };
            hub.closed();
            await until(() => shown.length >= 5003);
            """));

    [Fact]
    public async Task Another_log_is_shown_from_its_own_beginning() => Assert.Equal(
        new[] { 1, 2, 3 },
        await Play(
            """
            await chat.open();
            [epoch, last] = ['two', 3];
            handlers.heads({ ticketId: 't', publicSeq: 2, staffSeq: null, epoch: 'two' });
            await until(() => resets.length && shown.length >= 3);
            """));
}
