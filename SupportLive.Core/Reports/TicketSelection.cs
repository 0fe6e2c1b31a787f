using System.Globalization;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>Which of a report's tickets: those behind one of its figures.</summary>
public enum Counted { Opened, Answered, Resolved, Reopened, Rejected, Escalated, Rated, Missed, Handled, Now, Backlog, Standing }

/// <summary>The tickets behind one figure. A figure and its list are the same condition, so that what is opened is what was counted.</summary>
/// <param name="Which">The figure.</param>
/// <param name="Status">Only with this status; for <see cref="Counted.Standing"/>: open, in progress or resolved at the end of the period.</param>
/// <param name="By">Only what this person handled or solved.</param>
/// <param name="Hour">Only opened in this hour of the week; Monday's first is 0.</param>
/// <param name="Age">Only in this age group of the backlog.</param>
public sealed record TicketSelection(Counted Which = Counted.Opened, TicketStatus? Status = null, Guid? By = null, int? Hour = null, int? Age = null)
{
    /// <summary>Refused, field by field, is what no figure has.</summary>
    public static Outcome<TicketSelection> Parse(string? which, string? status, string? by, string? hour, string? age)
    {
        var check = new Check();
        var selection = new TicketSelection(
            Word<Counted>(which, "which", check) ?? Counted.Opened, Word<TicketStatus>(status, "status", check), Id(by, check),
            Number(hour, 167, "hour", check), Number(age, BacklogReport.Hours.Count, "age", check));
        return check.Refusal is { } refusal ? refusal : selection;
    }

    private static T? Word<T>(string? word, string field, Check check) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(word)) return null;
        foreach (var value in Enum.GetValues<T>())
            if (Data.SnakeCase.Of(value.ToString()) == word) return value;
        check.That(false, field, $"Choose {field} out of: {string.Join(", ", Enum.GetNames<T>().Select(Data.SnakeCase.Of))}.");
        return null;
    }

    private static Guid? Id(string? by, Check check)
    {
        if (string.IsNullOrEmpty(by)) return null;
        check.That(Guid.TryParse(by, out var id), "by", "Who handled or solved it is an id.");
        return id;
    }

    private static int? Number(string? text, int most, string field, Check check)
    {
        if (string.IsNullOrEmpty(text)) return null;
        check.That(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most, field, string.Create(CultureInfo.InvariantCulture, $"This is a number from 0 to {most}."));
        return number;
    }

    /// <summary>The condition over <c>t</c>; <c>@status</c>, <c>@by</c>, <c>@hour</c> and <c>@age</c> are this selection's.</summary>
    internal string Sql(ReportScope scope)
    {
        const string opened = "t.created_at >= @from and t.created_at < @to";
        return Which switch
        {
            Counted.Opened => opened,
            Counted.Answered => $"{opened} and t.first_response_at is not null",
            Counted.Rated => $"{opened} and t.rating is not null",
            Counted.Missed => $"t.id in (select v.id from ({DeadlineTables.Verdicts(opened)}) v where not v.answer_met or not v.solve_met)",
            Counted.Resolved when By is not null => $"t.id in (select s.ticket_id from ({ResolutionReport.Last}) s where s.current and s.author_id = @by)",
            Counted.Resolved => Logged(Wire.TicketResolved),
            Counted.Reopened => Logged(Wire.TicketReopened),
            Counted.Rejected => Logged(Wire.TicketRejected),
            Counted.Escalated => Logged(Wire.TicketEscalated),
            Counted.Handled when By is not null => $"t.id in (select h.ticket_id from ({HandledReport.Handled(scope)}) h where h.person = @by)",
            Counted.Handled => $"t.id in (select h.ticket_id from ({HandledReport.Handled(scope)}) h where h.person is not null)",
            Counted.Now => "true",
            Counted.Backlog => $"t.status in ('open', 'in_progress'){(Age is null ? "" : $" and {BacklogReport.Group} = @age")}",
            Counted.Standing => $"t.id in (select s.id from (select t.id, t.created_at as opened, {ReportScope.Steps} from tickets t where t.created_at < @to) s where {Stands})",
            _ => throw new InvalidOperationException($"Unknown figure {Which}."),
        } + (Status is not null && Which != Counted.Standing ? " and t.status = @status" : "") + (Hour is not null ? $" and {HeatReport.HourOfWeek} = @hour" : "") + scope.And;
    }

    private static string Logged(string kind) => $"t.id in (select l.ticket_id from timeline l where l.kind = '{kind}' and l.at >= @from and l.at < @to)";

    private string Stands => Status switch
    {
        TicketStatus.InProgress => "s.taken < @to and (s.solved >= @to or s.solved is null)",
        TicketStatus.Resolved => "s.solved < @to and (s.ended >= @to or s.ended is null)",
        _ => "s.taken >= @to or s.taken is null",
    };
}
