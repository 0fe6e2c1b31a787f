using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Data;

[Trait("Category", "Nodes")]
public sealed class SettingsTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Settings A => desk.A.The<Settings>();

    private Settings B => desk.B.The<Settings>();

    private Task<Actor> Manager => People.ActorOf(desk.A, desk.People.Manager);

    private static SettingKey<Colour> Key() => new($"test-{Guid.NewGuid():N}", new Colour("grey"));

    private sealed record Colour(string Name);

    [Fact]
    public async Task What_nobody_has_changed_is_the_default_and_a_change_counts_at_once_on_every_node()
    {
        var key = Key();
        using var heard = desk.B.The<LiveStream>().Subscribe();
        heard.Add(Topic.Settings);
        Assert.Equal(("grey", 0), Seen(await B.Get(key, Ct)));

        (await A.Put(await Manager, key, new Colour("blue"), 0, Ct)).Must();

        Assert.Equal(("blue", 1), Seen(await A.Get(key, Ct)));
        await foreach (var happened in heard.Read(Ct))
        {
            if (happened is SettingsChanged changed && changed.Key == key.Name) break;
        }

        Assert.Equal(("blue", 1), Seen(await B.Get(key, Ct))); // whoever hears of it reads the new one
    }

    private static (string, int) Seen(Setting<Colour> setting) => (setting.Value.Name, setting.Version);

    [Fact]
    public async Task Of_two_who_change_the_same_version_at_once_one_is_told_that_it_is_stale()
    {
        var (key, manager) = (Key(), await Manager);
        for (var version = 0; version < 10; version++)
        {
            var answers = await Task.WhenAll(A.Put(manager, key, new Colour("red"), version, Ct), B.Put(manager, key, new Colour("green"), version, Ct));

            Assert.Single(answers, a => a.Ok);
            Assert.Equal("stale_version", Assert.Single(answers, a => !a.Ok).Refusal!.Code);
        }

        Assert.Equal("stale_version", (await A.Put(manager, Key(), new Colour("red"), 7, Ct)).Refusal?.Code); // a version that never was
        var stale = (await B.Put(manager, key, new Colour("black"), 3, Ct)).Refusal!; // and is told who was faster, and what stands now
        Assert.Equal((manager.Id, 10), (stale.By!.Id, ((Setting<Colour>)stale.Current!).Version));
        Assert.Equal(11, (await A.Put(manager, key, new Colour("white"), null, Ct)).Must().Version);
    }

    [Fact]
    public async Task An_agent_changes_no_setting()
    {
        var key = Key();

        Assert.Equal("forbidden", (await A.Put(await People.ActorOf(desk.A, desk.People.Agent), key, new Colour("pink"), null, Ct)).Refusal?.Code);

        Assert.Equal("grey", (await A.Get(key, Ct)).Value.Name);
    }

    [Fact]
    public async Task A_lost_signal_costs_a_few_seconds()
    {
        var key = Key();
        await B.Get(key, Ct);
        await using var silent = desk.A.The<Npgsql.NpgsqlDataSource>().CreateCommand($$"""insert into settings (key, value, version, changed_at) values ('{{key.Name}}', '{"name": "black"}', 1, now())""");
        await silent.ExecuteNonQueryAsync(Ct);

        await Eventually.True(async () => (await B.Get(key, Ct)).Value.Name == "black", "the node looks again");
    }
}
