namespace SupportLive.Core.Data;

/// <summary>Text on its way into a spreadsheet.</summary>
public static class SpreadsheetText
{
    private const string Formulas = "=+-@\t\r\n＝＋－＠";

    /// <summary>What begins like a formula is one to a spreadsheet, whoever wrote it; an apostrophe in front makes it text.</summary>
    public static string? Safe(string? text) => text is { Length: > 0 } && Formulas.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
}
