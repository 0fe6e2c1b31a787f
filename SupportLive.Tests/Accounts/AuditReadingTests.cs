using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

/// <summary>The audit log as pages and as a file.</summary>
public sealed class AuditReadingTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Rest Admin => desk.Node.As(desk.People.Admin);

    [Fact]
    public async Task The_log_is_read_newest_first_page_by_page_without_hole_or_repetition()
    {
        await using var many = desk.Node.The<NpgsqlDataSource>().CreateCommand("insert into audit (act, subject_kind, subject, actor) select 'login', 'account', 'paged ' || n, 'Paula Paged' from generate_series(1, 250) n");
        await many.ExecuteNonQueryAsync(Ct);
        var (read, cursor) = (new List<string>(), "");
        do
        {
            var page = (await Admin.Get($"/api/audit?q=Paula+Paged&cursor={cursor}")).Must();
            read.AddRange(page["items"]!.AsArray().Select(l => l!["subject"]!["name"]!.GetValue<string>()));
            cursor = page["nextCursor"]?.GetValue<string>() ?? "";
        }
        while (cursor.Length > 0);

        Assert.Equal(Enumerable.Range(1, 250).Reverse().Select(n => $"paged {n}"), read);
    }

    [Fact]
    public async Task A_file_for_a_spreadsheet_runs_nothing_in_it()
    {
        await People.NewCustomer(desk.Node, "=cmd|' /C calc'!A0");

        var file = (await Admin.Get("/api/audit.csv?act=account_registered&q=calc")).Must();

        Assert.Equal("text/csv", file.Type);
        Assert.Contains("\"'=cmd|' /C calc'!A0\"", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_loses_the_right_half_way_gets_no_further()
    {
        await using var many = desk.Node.The<NpgsqlDataSource>().CreateCommand("insert into audit (act, subject_kind, subject) select 'login', 'account', 'half ' || n from generate_series(1, 1200) n");
        await many.ExecuteNonQueryAsync(Ct);
        var reader = await People.New(desk.Node, Roles.Admin);
        var read = 0;

        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () =>
        {
            await foreach (var line in desk.Node.The<AuditQueries>().Export(await People.ActorOf(desk.Node, reader), new AuditFilter(Text: "half "), Ct))
            {
                if (++read == 10) (await desk.Node.The<AccountActions>().SetRoles(await People.ActorOf(desk.Node, desk.People.Admin), reader.Id, [Roles.Agent], Ct)).Must();
            }
        });

        Assert.InRange(read, 10, 600);
    }
}
