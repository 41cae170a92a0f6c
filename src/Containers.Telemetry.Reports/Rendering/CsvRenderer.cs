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
