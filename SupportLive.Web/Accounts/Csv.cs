namespace SupportLive.Web.Accounts;

/// <summary>Lines of a CSV file (RFC 4180) that a spreadsheet opens without running anything in them.</summary>
public static class Csv
{
    public static string Line(params ReadOnlySpan<string?> cells)
    {
        var line = new System.Text.StringBuilder();
        foreach (var cell in cells)
        {
            if (line.Length > 0) line.Append(',');
            line.Append('"').Append(Harmless(cell ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return line.Append("\r\n").ToString();
    }

    // What begins like a formula is one to a spreadsheet, whoever wrote it; an apostrophe in front makes it text.
    private static string Harmless(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell;
}
