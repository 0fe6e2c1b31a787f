using Npgsql;

namespace SupportLive.Core.Reports;

/// <summary>
/// How long it took from opening to the first message of a colleague: the samples of the tickets opened in the period that have one, per category and holder.
/// </summary>
/// <remarks>
/// Samples, not percentiles: a percentile of everything, of each category and of each agent would sort the same rows three times in the database;
/// as arrays they travel in a few hundred kilobytes and are sorted here (<see cref="Durations"/>).
/// </remarks>
internal static class ResponseReport
{
    public static string Sql(ReportScope scope) => $"""
        select (t.created_at >= @from), t.category, {ReportScope.Holder}, array_agg(greatest(date_part('epoch', t.first_response_at - t.created_at), 0))
        from tickets t where t.created_at >= @before and t.created_at < @to and t.first_response_at is not null{scope.And}
        group by 1, 2, 3
        """;

    public static Sample Read(NpgsqlDataReader row) => new(row.GetBoolean(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetFieldValue<double[]>(3));
}

/// <summary>Durations of one category and person.</summary>
/// <param name="Current">In the period, or in the one before.</param>
/// <param name="Person">Who holds the tickets (responses), or who solved them (resolutions); null: nobody, or SupportLive itself.</param>
internal sealed record Sample(bool Current, string Category, Guid? Person, double[] Seconds);
