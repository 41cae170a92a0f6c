using Containers.Telemetry.Output;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Output;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Shows a report in a terminal: tables, or where it is narrow the rows beneath one another.</summary>
internal sealed class ReportTablesText(Terminal terminal)
{
    private const int NarrowWidth = 60;
    private const int MostRows = 20;
    private const int BorderWidth = 3;

    // A long name can be broken; below this there is more of breaks than of the name.
    private const int LeastOfWidest = 12;

    private readonly IAnsiConsole _console = SpectreTerminal.Create(terminal);

    public void Write(ReportResult report)
    {
        foreach (string line in TextWrap.Lines(Summary(report), terminal.Width))
        {
            terminal.WriteLine(line);
        }

        foreach (ReportTable table in report.Tables.Where(table => table.Rows.Count > 0))
        {
            terminal.WriteLine();
            terminal.WriteLine(terminal.Toned(table.Title, Tone.Strong));
            if (terminal.Width < NarrowWidth || !TryWriteTable(table))
            {
                WriteRows(table);
            }

            WriteNotes(table);
        }

        terminal.Flush();
    }

    private static string Summary(ReportResult report)
    {
        string publishes = HumanFormat.Count(report.Publishes, "publish", "publishes");
        string unfinished = report.Unfinished > 0 ? $", {HumanFormat.Count(report.Unfinished)} more unfinished" : "";
        string running = report.Running > 0 ? $", {HumanFormat.Count(report.Running)} more running or killed" : "";
        return $"{publishes} from {Day(report.Period.From)} to {Day(report.Period.To)} (UTC){unfinished}{running}";
    }

    private static string Day(DateTimeOffset moment) => HumanFormat.Day(moment, TimeZoneInfo.Utc);

    private static string TextOf(ReportTable table, object?[] row, int column) => CellText.Format(table.Columns[column].Kind, row[column]);

    /// <summary>What is shown of a long table: its beginning; of one in the order of time, its end.</summary>
    private static IEnumerable<object?[]> RowsOf(ReportTable table) => IsByTime(table) ? table.Rows.TakeLast(MostRows) : table.Rows.Take(MostRows);

    private static bool IsByTime(ReportTable table) => table.Columns[0].Kind is ColumnKind.Date;

    /// <summary>Writes a table with borders; false where it has more columns than there is room for.</summary>
    private bool TryWriteTable(ReportTable table)
    {
        object?[][] rows = [.. RowsOf(table)];
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(column => Array.Exists(rows, row => row[column] is not null))];
        int[] widths = Array.ConvertAll(columns, column => rows.Max(row => TextOf(table, row, column).Length));
        int[] words = Array.ConvertAll(columns, column => table.Columns[column].Title.Split(' ').Max(static word => word.Length));
        int borders = (BorderWidth * columns.Length) + 1;
        bool fits = columns.Select((column, i) => Math.Max(widths[i], table.Columns[column].Title.Length)).Sum() + borders <= terminal.Width;
        int widest = Array.IndexOf(widths, widths.Max());
        if (columns.Select((_, i) => Math.Max(words[i], i == widest ? Math.Min(widths[i], LeastOfWidest) : widths[i])).Sum() + borders > terminal.Width)
        {
            return false;
        }

        var grid = new Table { Border = terminal.UsesEscapes ? TableBorder.Rounded : TableBorder.Ascii, UseSafeBorder = true };
        for (int i = 0; i < columns.Length; i++)
        {
            // Where there is not enough room, titles are broken between words, and no cells but those of the widest column.
            ReportColumn column = table.Columns[columns[i]];
            string title = HarmlessText.Line(column.Title);
            title = fits ? title : string.Join('\n', TextWrap.Lines(title, Math.Max(widths[i], words[i])));
            grid.AddColumn(new TableColumn(new Text(title))
            {
                Alignment = column.Kind is ColumnKind.Text or ColumnKind.Date ? Justify.Left : Justify.Right,
                NoWrap = !fits && i != widest,
            });
        }

        foreach (object?[] row in rows)
        {
            grid.AddRow(columns.Select(column => new Text(TextOf(table, row, column))));
        }

        _console.Write(grid);
        return true;
    }

    private void WriteRows(ReportTable table)
    {
        foreach (object?[] row in RowsOf(table))
        {
            IEnumerable<string> details = Enumerable.Range(1, row.Length - 1)
                .Where(column => row[column] is not null)
                .Select(column => $"{table.Columns[column].Title} {TextOf(table, row, column)}");
            string first = TextOf(table, row, 0);
            terminal.WriteLine(table.Columns[0].Kind is ColumnKind.Text or ColumnKind.Date ? first : $"{table.Columns[0].Title} {first}");
            foreach (string line in TextWrap.Items(details, terminal.Width - 2))
            {
                terminal.WriteLine("  " + line);
            }
        }
    }

    private void WriteNotes(ReportTable table)
    {
        string more = table.Rows.Count > MostRows ? $"{HumanFormat.Count(table.Rows.Count - MostRows, IsByTime(table) ? "earlier row" : "more row")}: see --format csv, or --where. " : "";
        foreach (string line in TextWrap.Lines((more + table.Note).Trim(), terminal.Width).Where(line => line.Length > 0))
        {
            terminal.WriteLine(terminal.Toned(line, Tone.Faint));
        }
    }
}
