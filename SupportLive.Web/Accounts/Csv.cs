using SupportLive.Core.Data;

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
            line.Append('"').Append((SpreadsheetText.Safe(cell) ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return line.Append("\r\n").ToString();
    }
}
