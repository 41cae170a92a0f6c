using System.Buffers;
using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes tables as comma-separated values (RFC 4180, but with line feeds alone), numbers without units: percents as fractions, sizes in
/// bytes, durations in milliseconds. Several tables follow one another with an empty line between them and the table's id as the first cell.
/// </summary>
public static class CsvRenderer
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",");

    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output) => DelimitedText.Write(tables, output, ',', Quote);

    /// <summary>Returns a text as a cell: in quotes if needed, and marked as text if a spreadsheet would read it as a formula.</summary>
    public static string Cell(string text) => Quote(HarmlessText.SpreadsheetCell(text));

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(NeedsQuotes) ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
}

/// <summary>Writes tables as tab-separated values, like <see cref="CsvRenderer"/> with commas. Tabs and line ends in a text become spaces.</summary>
public static class TsvRenderer
{
    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output) => DelimitedText.Write(tables, output, '\t');
}

/// <summary>Writes tables as rows of cells with a header line; several with an empty line between them and the table's id as the first cell.</summary>
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
