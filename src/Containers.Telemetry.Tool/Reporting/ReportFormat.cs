using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <param name="Name">Its name on the command line.</param>
/// <param name="IsFilterable">Whether a reader can filter the result.</param>
/// <param name="HasTitle">Whether it shows a title.</param>
internal sealed record ReportFormat(string Name, string[] Endings, Action<ReportResult, Stream> Write, bool IsFilterable = false, bool HasTitle = false)
{
    /// <summary>The table for people, which has no writer here, since it depends on the terminal.</summary>
    public const string Table = "table";

    private const string TextEnding = ".txt";

    /// <summary>The formats for files and other programs.</summary>
    public static readonly ReportFormat[] All =
    [
        new("json", [".json"], JsonRenderer.Write),
        new("csv", [".csv"], (report, output) => WriteText(output, writer => CsvRenderer.Write(report.Tables, writer))),
        new("tsv", [".tsv"], (report, output) => WriteText(output, writer => TsvRenderer.Write(report.Tables, writer))),
        new("markdown", [".md", ".markdown"], (report, output) => WriteText(output, writer => MarkdownRenderer.Write(report, writer)), HasTitle: true),
        new("html", [".html", ".htm"], HtmlRenderer.Write, IsFilterable: true, HasTitle: true),
    ];

    public static string[] Names => [Table, .. All.Select(format => format.Name)];

    /// <summary>The format by name or by the extension of the file; null for a table.</summary>
    /// <param name="name">The name that was typed, or null.</param>
    /// <param name="file">The file that is written to, or null.</param>
    /// <exception cref="ToolException">The file's extension is not known.</exception>
    public static ReportFormat? Find(string? name, string? file)
    {
        if (name is not null || file is null)
        {
            return Array.Find(All, format => format.Name == name);
        }

        string ending = Path.GetExtension(file);
        return ending.Equals(TextEnding, StringComparison.OrdinalIgnoreCase) ? null
            : Array.Find(All, format => format.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase))
                ?? throw ToolException.Usage($"The format of {file} is not known. Add --format {string.Join('|', Names)}.");
    }

    /// <summary>Writes UTF-8 without a byte order mark, with line feeds, as all tools read it.</summary>
    public static void WriteText(Stream output, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: -1, leaveOpen: true)
        {
            NewLine = "\n",
        };
        write(writer);
    }
}
