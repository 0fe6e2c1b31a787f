namespace SupportLive.Core.Reports.Paper;

/// <summary>Rows under a head that is repeated on every page.</summary>
internal static class PaperTable
{
    private const double Row = 15;

    /// <param name="sheet">Where to.</param>
    /// <param name="heads">Names of the columns; the first stands left, all others are numbers and stand right.</param>
    /// <param name="rows">As many cells as heads.</param>
    /// <param name="first">The width of the first column.</param>
    /// <param name="ct">Stops between rows.</param>
    public static void Draw(Sheet sheet, string[] heads, IEnumerable<string[]> rows, double first, CancellationToken ct)
    {
        var width = (Sheet.Width - first) / Math.Max(1, heads.Length - 1);
        sheet.Room(Row * 3);
        Head();
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            if (sheet.IsFull) return;
            if (!sheet.Room(Row)) Head();
            Cells(row, Sheet.Plain, Ink.Black);
            sheet.Rule(sheet.Y + Row);
            sheet.Y += Row;
        }

        void Head()
        {
            sheet.On.Box(Ink.Soft, Sheet.Left, sheet.Y, Sheet.Width, Row);
            Cells(heads, Sheet.Bold, Ink.Black);
            sheet.Y += Row;
        }

        void Cells(string[] cells, Style font, Ink colour)
        {
            sheet.Write(cells[0], font, colour, Sheet.Left + 4, sheet.Y + 2, first - 8);
            for (var n = 1; n < cells.Length; n++) sheet.Write(cells[n], font, colour, Sheet.Left + first + ((n - 1) * width), sheet.Y + 2, width - 4, 1);
        }
    }
}
