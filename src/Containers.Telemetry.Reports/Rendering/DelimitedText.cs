using System.Globalization;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes tables as rows of cells for programs: one table with a header line; several one after the other, an empty line between them
/// and the id of the table as the first cell of each row.
/// </summary>
internal static class DelimitedText
{
    /// <summary>Returns a cell without units: percents as fractions, sizes in bytes, durations in milliseconds; empty for no value.</summary>
    public static string Of(object? cell) => cell switch
    {
        null => "",
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double fraction => fraction.ToString("0.######", CultureInfo.InvariantCulture),
        _ => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
    };

    /// <summary>Writes tables.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="output">What they are written to.</param>
    /// <param name="separator">What stands between two cells.</param>
    /// <param name="quote">Makes a text fit for a cell.</param>
    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output, char separator, Func<string, string> quote)
    {
        for (int i = 0; i < tables.Count; i++)
        {
            ReportTable table = tables[i];
            string[] id = tables.Count > 1 ? [table.Id] : [];
            if (i > 0)
            {
                output.Write('\n');
            }

            WriteRow(tables.Count > 1 ? ["Table", .. table.Columns.Select(static column => column.Id)] : table.Columns.Select(static column => column.Id));
            foreach (object?[] row in table.Rows)
            {
                WriteRow([.. id, .. row.Select(static cell => cell is string text ? Harmless(text) : Of(cell))]);
            }
        }

        void WriteRow(IEnumerable<string> cells)
        {
            output.Write(string.Join(separator, cells.Select(quote)));
            output.Write('\n');
        }
    }

    /// <summary>A text from a file that a spreadsheet would take for a formula is marked as text.</summary>
    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
}
