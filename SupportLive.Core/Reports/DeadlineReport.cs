using Npgsql;

namespace SupportLive.Core.Reports;

/// <summary>
/// How many targets of the tickets opened in the period were met and missed, by the targets and hours as they are set now: the answer (or the end) came by its
/// time, or its time has passed. What is neither yet counts nowhere.
/// </summary>
internal static class DeadlineReport
{
    public static string Sql(ReportScope scope) => $"""
        select (v.created_at >= @from), count(*) filter (where v.answer_met)::int, count(*) filter (where not v.answer_met)::int, count(*) filter (where v.solve_met)::int, count(*) filter (where not v.solve_met)::int
        from ({DeadlineTables.Verdicts($"t.created_at >= @before and t.created_at < @to{scope.And}")}) v group by 1
        """;

    public static DeadlineCounts Read(NpgsqlDataReader row) => new(row.GetBoolean(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4));
}

internal sealed record DeadlineCounts(bool Current, int AnswersMet, int AnswersMissed, int SolutionsMet, int SolutionsMissed);
