using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes a report as GitHub-flavoured Markdown, for people: the answer in sentences, and the tables folded beneath it. Tables that were selected by
/// name are open, each with a heading and its note. The only HTML is the element that folds.
/// </summary>
public static class MarkdownRenderer
{
    // The tables that the sentences replace.
    private static readonly string[] ToldInSentences = [Answer.Section, "success-rate"];

    public static void Write(ReportResult report, TextWriter output)
    {
        if (Answer.Of(report) is not { } answer)
        {
            output.Write(report.Title == ReportResult.DefaultTitle ? "" : $"# {HarmlessText.Markdown(report.Title)}\n\n");
            Write(report.Tables, output);
            return;
        }

        output.Write(
            $"## {HarmlessText.Markdown(report.Title)}\n\n**{HarmlessText.Markdown(answer.Rate)}**\n\n" +
            $"{HarmlessText.Markdown(answer.Period)}, {HarmlessText.Markdown(answer.Projects)}\n");
        if (answer.HasBefore)
        {
            WriteChanges("Worse", answer.Worse, output);
            WriteChanges("Better", answer.Better, output);
        }
        else
        {
            output.Write($"\n{Answer.NothingBefore}\n");
        }

        output.Write("\n### Look at\n\n");
        foreach ((string title, IReadOnlyList<string> findings, string none) in answer.Lists)
        {
            string found = findings.Count == 0 ? none : Answer.Join(findings, Answer.MostFindings);
            output.Write($"- **{HarmlessText.Markdown(title)}**: {HarmlessText.Markdown(found)}\n");
        }

        foreach (ReportTable table in report.Tables.Where(static table => table.Rows.Count > 0 && !ToldInSentences.Contains(table.Id)))
        {
            output.Write($"\n<details><summary>{HarmlessText.Markdown(table.Title)}</summary>\n\n");
            WriteRows(table, output);
            output.Write("\n</details>\n");
        }
    }

    public static void Write(IReadOnlyList<ReportTable> tables, TextWriter output)
    {
        for (int i = 0; i < tables.Count; i++)
        {
            output.Write($"{(i > 0 ? "\n" : "")}## {HarmlessText.Markdown(tables[i].Title)}\n\n");
            WriteRows(tables[i], output);
        }
    }

    private static void WriteChanges(string title, IReadOnlyList<(string Where, string What)> changes, TextWriter output)
    {
        output.Write($"\n### {title}\n\n");
        foreach ((string where, string what) in changes)
        {
            output.Write($"- **{HarmlessText.Markdown(where)}**: {HarmlessText.Markdown(what)}\n");
        }

        output.Write(changes.Count == 0 ? char.ToUpperInvariant(Answer.NoChange[0]) + Answer.NoChange[1..] + ".\n" : "");
    }

    private static void WriteRows(ReportTable table, TextWriter output)
    {
        if (table.Rows.Count == 0)
        {
            output.Write("No publishes.\n");
        }
        else
        {
            WriteRow(table.Columns.Select(static column => HarmlessText.Markdown(column.Title)), output);
            WriteRow(table.Columns.Select(static column => column.Kind is ColumnKind.Text or ColumnKind.Date or ColumnKind.Time ? "---" : "---:"), output);
            foreach (object?[] row in table.Rows)
            {
                WriteRow(row.Select((cell, column) => HarmlessText.Markdown(table.Columns[column].Format(cell))), output);
            }
        }

        if (table.Note is not null)
        {
            output.Write("\n" + HarmlessText.Markdown(table.Note) + "\n");
        }
    }

    private static void WriteRow(IEnumerable<string> cells, TextWriter output) => output.Write("| " + string.Join(" | ", cells) + " |\n");
}
