using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using SupportLive.Core.Reports;

namespace SupportLive.Web.Reports;

/// <summary>Period and filter as they stand in the address of a page, and the addresses of everything that belongs to them.</summary>
public sealed record ReportAddress(IReadOnlyDictionary<string, string> Words)
{
    public static IReadOnlyList<string> Names { get; } = ["from", "to", "timeZone", "category", "priority", "agent"];

    private static readonly string[] Selecting = ["which", "status", "by", "hour", "age"];

    public static ReportAddress Of(string query)
    {
        var asked = QueryHelpers.ParseQuery(query);
        return new(Names.Concat(Selecting).Where(n => asked.TryGetValue(n, out var v) && v.ToString().Length > 0).ToDictionary(n => n, n => asked[n].ToString(), StringComparer.Ordinal));
    }

    public string? this[string name] => Words.GetValueOrDefault(name);

    /// <summary>The same with other words; an empty one goes.</summary>
    public ReportAddress With(params (string Name, string? Value)[] changes)
    {
        var words = new Dictionary<string, string>(Words, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            if (string.IsNullOrEmpty(value)) words.Remove(name);
            else words[name] = value;
        }

        return new(words);
    }

    public ReportAddress Days(DateOnly from, DateOnly to) => With(("from", Iso(from)), ("to", Iso(to)));

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Page => $"/reports{Query(Names)}";

    public string Pdf => $"/api/reports/summary.pdf{Query(Names)}";

    public string Csv => $"/api/reports/tickets.csv{Query([.. Names, .. Selecting])}";

    /// <summary>The tickets behind a figure.</summary>
    public string Tickets(Counted which, params (string Name, string? Value)[] more) =>
        $"/reports/tickets{With([("which", which.ToString().ToLowerInvariant()), .. more]).Query([.. Names, .. Selecting])}";

    private string Query(IReadOnlyList<string> names) => new QueryBuilder(names.Where(Words.ContainsKey).Select(n => new KeyValuePair<string, string>(n, Words[n]))).ToString();

    public ReportAsk Ask => new(this["from"], this["to"], this["timeZone"], this["category"], this["priority"], this["agent"]);

    public TicketsAsk Which => new(this["which"], this["status"], this["by"], this["hour"], this["age"]);
}
