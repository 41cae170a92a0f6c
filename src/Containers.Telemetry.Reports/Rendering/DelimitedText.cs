using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes tables as rows of cells for programs: one table with a header line; several one after the other, an empty line between them
/// and the id of the table as the first cell of each row.
/// </summary>
internal static class DelimitedText
{
    /// <param name="quote">Quotes a cell with the separator; null if no cell can have it.</param>
    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output, char separator, Func<string, string>? quote = null)
    {
        for (int i = 0; i < tables.Count; i++)
        {
            ReportTable table = tables[i];
            string[] id = tables.Count > 1 ? [HarmlessText.SpreadsheetCell(table.Id)] : [];
            IEnumerable<string> columns = table.Columns.Select(static column => HarmlessText.SpreadsheetCell(column.Id));
            if (i > 0)
            {
                output.Write('\n');
            }

            WriteRow(tables.Count > 1 ? ["Table", .. columns] : columns);
            foreach (object?[] row in table.Rows)
            {
                WriteRow([.. id, .. row.Select(static cell => cell is string text ? HarmlessText.SpreadsheetCell(text) : CellText.ForPrograms(cell))]);
            }
        }

        void WriteRow(IEnumerable<string> cells)
        {
            output.Write(string.Join(separator, quote is null ? cells : cells.Select(quote)));
            output.Write('\n');
        }
    }
}
