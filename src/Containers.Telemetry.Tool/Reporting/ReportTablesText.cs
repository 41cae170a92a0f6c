using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Output;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Shows a report in a terminal: tables, or in a narrow terminal one block per row.</summary>
internal sealed class ReportTablesText(Terminal terminal, ProjectNames projects)
{
    private const int NarrowWidth = 60;
    private const int MostRows = 20;
    private const int BorderWidth = 3;

    private readonly IAnsiConsole _console = SpectreTerminal.Create(terminal);
    private ReportQuery _query = new();
    private bool _isOfOneOutcome;

    public void Write(ReportResult report)
    {
        _query = report.Query;
        _isOfOneOutcome = _query.Where?.Comparisons.Any(static comparison => comparison.Field.Name is "Outcome" or "Error") is true;
        terminal.WriteParagraph(Summary(report));
        if (_query.Minimum > 0 && report.Publishes > 0 && report.Tables is [{ Rows.Count: 0 }])
        {
            terminal.WriteParagraph($"No group has {HumanFormat.Count(_query.Minimum)} publishes or more, as --min asks.");
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
        string publishes = report.Query.Subject is ReportSubject.OwnEvents
            ? HumanFormat.Count(report.Publishes, "own event")
            : HumanFormat.Count(report.Publishes, "publish", "publishes");
        string unfinished = report.Unfinished > 0 ? $", {HumanFormat.Count(report.Unfinished)} more unfinished" : "";
        string running = report.Running > 0 ? $", {HumanFormat.Count(report.Running)} more running or killed" : "";
        return $"{publishes} from {Day(report.Period.From)} to {Day(report.Period.To)} (UTC){unfinished}{running}";
    }

    private static string Day(DateTimeOffset moment) => HumanFormat.Day(moment, TimeZoneInfo.Utc);

    private string TextOf(ReportTable table, object?[] row, int column) =>
        table.Columns[column].Id == IdentityFields.ProjectId.Name && row[column] is string id && id != CellText.None
            ? projects.NameOf(id)
            : table.Columns[column].Format(row[column]);

    /// <summary>The rows of a long table that are shown: its beginning, or its end when it is in the order of time.</summary>
    private IEnumerable<object?[]> RowsOf(ReportTable table) => IsByTime(table) ? table.Rows.TakeLast(MostRows) : table.Rows.Take(MostRows);

    // An order that was asked for comes before that of time, as verdicts do.
    private bool IsByTime(ReportTable table) => table.Columns.Take(Math.Max(1, _query.By.Count)).Any(column =>
        column.Kind is ColumnKind.Date or ColumnKind.Time
        && (_query.Sort is { } sort ? !sort.IsDescending && sort.Column == column.Id : _query.Compare is null));

    /// <summary>
    /// Writes a table with borders, or two with half of the figures each; false where these have more columns than there is room for, too.
    /// </summary>
    private bool TryWriteTable(ReportTable table)
    {
        object?[][] rows = [.. RowsOf(table)];
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(column => IsShown(table, rows, column))];
        int[] keys = Array.FindAll(columns, column => table.Columns[column].IsKey);
        int most = keys.Length == 0 || _query.Compare is not null ? columns.Length : keys.Length + 1;
        for (int count = columns.Length; count >= most; count--)
        {
            if (LayoutOf(table, rows, columns[..count]) is not { } layout)
            {
                continue;
            }

            TableLayout? rest = count == columns.Length ? null : LayoutOf(table, rows, [.. keys, .. columns[count..]]);
            if (count < columns.Length && rest is null)
            {
                return false;
            }

            Write(table, rows, layout);
            if (rest is not null)
            {
                Write(table, rows, rest);
            }

            return true;
        }

        return false;
    }

    /// <summary>Returns the widths of columns; null where there is not enough room for them.</summary>
    private TableLayout? LayoutOf(ReportTable table, object?[][] rows, int[] columns)
    {
        int[] widths = Array.ConvertAll(columns, column => rows.Max(row => TextOf(table, row, column).Length));
        int[] words = Array.ConvertAll(columns, column => table.Columns[column].Title.Split(' ').Max(static word => word.Length));
        int borders = (BorderWidth * columns.Length) + 1;
        bool fits = columns.Select((column, i) => Math.Max(widths[i], table.Columns[column].Title.Length)).Sum() + borders <= terminal.Width;
        int widest = Array.IndexOf(widths, widths.Max());
        int roomOfWidest = terminal.Width - borders - columns.Select((_, i) => i == widest ? 0 : Math.Max(words[i], widths[i])).Sum();
        int needed = Math.Max(words[widest], rows.Max(row => TextWrap.LongestPart(TextOf(table, row, columns[widest]))));
        return needed <= roomOfWidest ? new TableLayout(columns, [.. widths.Zip(words, Math.Max)], fits, widest, roomOfWidest) : null;
    }

    private void Write(ReportTable table, object?[][] rows, TableLayout layout)
    {
        var grid = new Table { Border = terminal.UsesEscapes ? TableBorder.Rounded : TableBorder.Ascii, UseSafeBorder = true };
        for (int i = 0; i < layout.Columns.Length; i++)
        {
            // If there is not enough room, titles are broken between words, and the names in the widest column after their separators.
            ReportColumn column = table.Columns[layout.Columns[i]];
            string title = HarmlessText.Line(column.Title);
            title = layout.Fits ? title : string.Join('\n', TextWrap.Lines(title, layout.Widths[i]));
            grid.AddColumn(new TableColumn(new Text(title))
            {
                Alignment = column.Kind is ColumnKind.Text or ColumnKind.Date or ColumnKind.Time ? Justify.Left : Justify.Right,
                NoWrap = true,
            });
        }

        foreach (object?[] row in rows)
        {
            grid.AddRow(layout.Columns.Select((column, i) => new Text(CellOf(row, column, i))));
        }

        _console.Write(grid);

        string CellOf(object?[] row, int column, int place)
        {
            string text = TextOf(table, row, column);
            return layout.Fits || place != layout.Widest ? text : string.Join('\n', TextWrap.NameLines(text, layout.RoomOfWidest));
        }
    }

    // In a comparison the title of a figure is also that of the figure before.
    private bool IsShown(ReportTable table, object?[][] rows, int column) =>
        table.Columns[column].IsKey
        || _query.Compare is not null
        || (Array.Exists(rows, row => row[column] is not null) && !SaysNothing(table, rows, column));

    /// <summary>Whether a column that nobody asked for is 0 in all rows because the report is about failures alone, or successes alone.</summary>
    private bool SaysNothing(ReportTable table, object?[][] rows, int column) =>
        _isOfOneOutcome
        && !_query.NamesMeasures
        && (table.Columns[column].Id is "Succeeded" or "Failed" or "Canceled" or "SuccessRate")
        && Array.TrueForAll(rows, row => row[column] is 0L or 0.0 or null);

    private void WriteRows(ReportTable table)
    {
        foreach (object?[] row in RowsOf(table))
        {
            IEnumerable<string> details = Enumerable.Range(1, row.Length - 1)
                .Where(column => table.Columns[column].IsKey || row[column] is not null)
                .Select(column => $"{TitleOf(table, row, column)} {TextOf(table, row, column)}");
            string first = TextOf(table, row, 0);
            terminal.WriteLine(table.Columns[0].Kind is ColumnKind.Text or ColumnKind.Date ? first : $"{table.Columns[0].Title} {first}");
            foreach (string line in TextWrap.Items(details, terminal.Width - 2))
            {
                terminal.WriteLine("  " + line);
            }
        }
    }

    // In a comparison the figure before has no title of its own, since it follows the one now; a group that is gone has none now.
    private string TitleOf(ReportTable table, object?[] row, int column) =>
        _query.Compare is not null && column > 0 && table.Columns[column].Id == "Previous" + table.Columns[column - 1].Id && row[column - 1] is null
            ? $"{table.Columns[column - 1].Title} {table.Columns[column].Title}"
            : table.Columns[column].Title;

    private void WriteNotes(ReportTable table)
    {
        string limited = table.LeftOut > 0 ? $"{HumanFormat.Count(table.LeftOut, "more row")} beyond --limit. " : "";
        string hidden = table.Rows.Count > MostRows
            ? $"{HumanFormat.Count(table.Rows.Count - MostRows, IsByTime(table) ? "earlier row" : "more row")}: see --format csv, or --where. "
            : "";
        string more = limited + hidden;
        foreach (string line in TextWrap.Lines((more + table.Note).Trim(), terminal.Width).Where(line => line.Length > 0))
        {
            terminal.WriteLine(terminal.Toned(line, Tone.Faint));
        }
    }

    /// <param name="Columns">The columns of the table.</param>
    /// <param name="Widths">The least width of each.</param>
    /// <param name="Fits">Whether no text has to be broken.</param>
    /// <param name="Widest">The position of the widest.</param>
    /// <param name="RoomOfWidest">Its width.</param>
    private sealed record TableLayout(int[] Columns, int[] Widths, bool Fits, int Widest, int RoomOfWidest);
}
