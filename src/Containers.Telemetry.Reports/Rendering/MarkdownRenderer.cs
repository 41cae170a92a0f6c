using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>Writes tables as GitHub-flavoured Markdown, for people: a heading, the table, its note.</summary>
public static class MarkdownRenderer
{
    /// <summary>Writes tables.</summary>
    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output)
    {
        for (int i = 0; i < tables.Count; i++)
        {
            if (i > 0)
            {
                output.Write('\n');
            }

            Write(tables[i], output);
        }
    }

    private static void Write(ReportTable table, TextWriter output)
    {
        output.Write("## " + HarmlessText.Markdown(table.Title) + "\n\n");
        if (table.Rows.Count == 0)
        {
            output.Write("No publishes.\n");
        }
        else
        {
            WriteRow(table.Columns.Select(static column => HarmlessText.Markdown(column.Title)));
            WriteRow(table.Columns.Select(static column => column.Kind is ColumnKind.Text or ColumnKind.Date ? "---" : "---:"));
            foreach (object?[] row in table.Rows)
            {
                WriteRow(row.Select((cell, column) => HarmlessText.Markdown(CellText.Format(table.Columns[column].Kind, cell))));
            }
        }

        if (table.Note is not null)
        {
            output.Write("\n" + HarmlessText.Markdown(table.Note) + "\n");
        }

        void WriteRow(IEnumerable<string> cells) => output.Write("| " + string.Join(" | ", cells) + " |\n");
    }
}
