using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>Writes tables as tab-separated values, like <see cref="CsvRenderer"/> with commas. Tabs and line ends in a text become spaces.</summary>
public static class TsvRenderer
{
    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output) => DelimitedText.Write(tables, output, '\t');
}
