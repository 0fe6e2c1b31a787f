namespace SupportLive.Core.Reports.Paper;

/// <summary>The figures at the top, five in a row.</summary>
internal static class PaperTiles
{
    private const int PerRow = 5;
    private const double Height = 58;

    public static void Draw(Sheet sheet, SummaryView summary)
    {
        var width = (Sheet.Width - ((PerRow - 1) * 8)) / PerRow;
        foreach (var row in Tile.Of(summary).Chunk(PerRow))
        {
            sheet.Room(Height + 8);
            foreach (var (tile, n) in row.Select((t, n) => (t, n)))
            {
                var x = Sheet.Left + (n * (width + 8));
                sheet.On.Box(Ink.Soft, x, sheet.Y, width, Height);
                sheet.Write(tile.Name, Sheet.Small, Ink.Muted, x + 8, sheet.Y + 7, width - 16);
                sheet.Write(tile.Value, Sheet.Heading, Ink.Black, x + 8, sheet.Y + 18, width - 16);
                sheet.Write($"{tile.More}{(tile.More.Length > 0 ? " " : "")}({tile.Before})", Sheet.Small, Ink.Muted, x + 8, sheet.Y + 38, width - 16);
            }

            sheet.Y += Height + 8;
        }
    }
}
