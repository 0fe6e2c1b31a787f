using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Core.Reports;

/// <summary>
/// Sessions for statements that read much and seldom: few, so that most are left to the chat; each statement planned for its own values and never
/// kept prepared, so that those of the hot paths stay; and sorted in memory.
/// </summary>
public sealed class ReportSessions : IAsyncDisposable
{
    private const int Most = 8;

    private readonly NpgsqlDataSource source;

    public ReportSessions(DatabaseAddress address)
    {
        var session = address.Session("supportlive-reports");
        session.Options = $"-c work_mem=64MB -c jit=off {session.Options}";
        (session.MaxAutoPrepare, session.MinPoolSize, session.MaxPoolSize) = (0, 0, Most);
        source = NpgsqlDataSource.Create(session);
    }

    public ValueTask<NpgsqlConnection> Open(CancellationToken ct) => source.OpenConnectionAsync(ct);

    public NpgsqlCommand Command(string sql) => source.CreateCommand(sql);

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
