using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Shows what a report opens with: a screen of fifteen lines, and what to ask next.</summary>
internal sealed class AnswerText(Terminal terminal, ReportResult report)
{
    /// <summary>The section that holds what is shown.</summary>
    public const string Section = "answer";

    private const string DotnetImages = "mcr.microsoft.com/dotnet/";
    private const int MostNamed = 3;
    private const int LabelWidth = 14;
    private const string Indent = "  ";

    private readonly Dictionary<string, ReportTable> _tables = report.Tables.ToDictionary(static table => table.Id, StringComparer.Ordinal);

    public void Write()
    {
        WriteRate();
        terminal.WriteLine();
        bool canCompare = Cell("answer", 1, "Publishes") is > 0L;
        WriteChanges("Worse", "worse", Tone.Bad, canCompare);
        WriteChanges("Better", "better", Tone.Good, canCompare);
        terminal.WriteLine();
        var list = new FieldList(terminal);
        list.Add("New errors", Named("new-errors", row => $"{row[0]} ({HumanFormat.Count((long)row[1]!)})", "none"));
        list.Add("Past support", Named("ended-support", row => $"{ImageOf(row)} ({HumanFormat.Count((long)row[4]!, "project")})", "no base image"));
        list.Add("Slowest, p95", Named("slowest", SlowestOf, "too few publishes to say"));
        list.Write();
        terminal.WriteLine();
        WriteText("More: report --all, report --by FIELD --compare previous, fields", Tone.Faint);
        terminal.Flush();
    }

    private void WriteRate()
    {
        string publishes = HumanFormat.Count((long)Cell("answer", 0, "Publishes")!, "publish", "publishes");
        string rate = Text("answer", 0, "SuccessRate") is { Length: > 0 } known ? $"{known} of {publishes} succeeded" : $"{publishes}, none of which succeeded or failed";
        string before = Text("answer", 1, "SuccessRate") is { Length: > 0 } previous ? $", {previous} of {Text("answer", 1, "Publishes")} before" : "";
        string verdict = Cell("answer", 0, "Verdict") switch
        {
            "worse" => ": worse",
            "better" => ": better",
            "chance" => ": no more than chance",
            _ => "",
        };
        WriteText($"{rate}{before}{verdict}.", Tone.Strong);
        string unfinished = Cell("answer", 0, "Unfinished") is long count and > 0 ? $", {HumanFormat.Count(count)} unfinished" : "";
        string comparedWith = before.Length > 0 ? $", before from {Day(1, "From")}" : "";
        string newProjects = Cell("answer", 0, "NewProjects") is long added and > 0 ? $" ({HumanFormat.Count(added)} new)" : "";
        WriteText($"{Day(0, "From")} to {Day(0, "To")}{comparedWith} (UTC)", Tone.Faint);
        WriteText($"{HumanFormat.Count((long)Cell("answer", 0, "Projects")!, "project")}{newProjects}{unfinished}", Tone.Faint);
    }

    private void WriteChanges(string title, string verdict, Tone tone, bool canCompare)
    {
        ReportTable changes = _tables["changes"];
        object?[][] rows = [.. changes.Rows.Where(row => (string)row[0]! == verdict)];
        if (rows.Length == 0)
        {
            terminal.WriteLine($"{title}: {(canCompare ? "nothing beyond chance" : "there is no earlier period to compare with")}");
            return;
        }

        terminal.WriteLine(terminal.Toned(title, tone));
        foreach (object?[] row in rows)
        {
            string days = row[7] is null ? "" : row[7]!.Equals(row[8]) ? $", most on {Text(changes, row, 7)}" : $", most {Text(changes, row, 7)} to {Text(changes, row, 8)}";
            string text = $"{row[1]}: {Text(changes, row, 2)} of {HumanFormat.Count((long)row[3]!, "publish", "publishes")} failed so, {Text(changes, row, 4)} expected{days}";
            foreach (string line in TextWrap.Lines(text, terminal.Width - (2 * Indent.Length)).Select(static (line, i) => i == 0 ? Indent + line : Indent + Indent + line))
            {
                terminal.WriteLine(line);
            }
        }
    }

    private string SlowestOf(object?[] row)
    {
        ReportTable table = _tables["slowest"];
        string before = row[4] is null ? "" : $" ({Text(table, row, 4)} before)";
        return $"{row[0]} {Text(table, row, 3)}{before}";
    }

    private static string ImageOf(object?[] row)
    {
        string image = (string)row[0]!;
        return $"{(image.StartsWith(DotnetImages, StringComparison.Ordinal) ? image[DotnetImages.Length..] : image)}:{row[1]}";
    }

    /// <summary>Names the first rows of a table, as many as fit into a line.</summary>
    private string Named(string table, Func<object?[], string> name, string none)
    {
        IReadOnlyList<object?[]> rows = _tables[table].Rows;
        for (int named = Math.Min(MostNamed, rows.Count); named > 0; named--)
        {
            string more = rows.Count > named ? $", {HumanFormat.Count(rows.Count - named)} more" : "";
            string text = string.Join(", ", rows.Take(named).Select(name)) + more;
            if (named == 1 || text.Length <= terminal.Width - LabelWidth)
            {
                return text;
            }
        }

        return none;
    }

    private object? Cell(string table, int row, string column) => _tables[table].Rows[row][IndexOf(_tables[table], column)];

    private string Text(string table, int row, string column) => Text(_tables[table], _tables[table].Rows[row], IndexOf(_tables[table], column));

    private string Day(int row, string column) => Text("answer", row, column)[..10];

    private static string Text(ReportTable table, object?[] row, int column) => CellText.Format(table.Columns[column].Kind, row[column]);

    private static int IndexOf(ReportTable table, string column) => table.Columns.ToList().FindIndex(one => one.Id == column);

    private void WriteText(string text, Tone tone)
    {
        foreach (string line in TextWrap.Lines(text, terminal.Width))
        {
            terminal.WriteLine(terminal.Toned(line, tone));
        }
    }
}
