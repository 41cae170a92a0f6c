using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>A list of publishes, one line each. A narrow terminal drops columns, and a narrower one has errors on a line of their own.</summary>
internal sealed class PublishTable(Terminal terminal, TimeProvider clock, ProjectNames projects)
{
    private const string Gap = "  ";
    private const int ErrorIndex = 2;

    /// <summary>The columns, with the order in which they are dropped: the highest number first, 0 never.</summary>
    private readonly Column[] _columns =
    [
        new(0, "Age", 0), new(1, "Outcome", 0) { IsToned = true }, new(ErrorIndex, "Error", 0), new(3, "From -> to", 2),
        new(4, "Duration", 3) { IsRight = true }, new(5, "Project", 1), new(6, "Dimensions", 5), new(7, "CI", 4), new(8, "Id", 0),
    ];

    private Column[] _shown = [];
    private bool _hasErrorsBelow;

    public static Tone ToneOf(string outcome) => outcome switch
    {
        "success" => Tone.Good,
        "error" => Tone.Bad,
        _ => Tone.Warning,
    };

    public void Write(IReadOnlyList<PublishLine> lines)
    {
        string[][] rows = [.. lines.Select(CellsOf)];
        foreach (Column column in _columns)
        {
            column.Widen(rows);
        }

        _shown = [.. _columns.Where(static column => column.Width > 0)];
        while (WidthOf(_shown) > terminal.Width && _shown.MaxBy(static column => column.LeftOut) is { LeftOut: > 0 } least)
        {
            _shown = [.. _shown.Where(column => column != least)];
        }

        _hasErrorsBelow = WidthOf(_shown) > terminal.Width;
        if (_hasErrorsBelow)
        {
            _shown = [.. _shown.Where(static column => column.Index != ErrorIndex)];
        }

        terminal.WriteLine(terminal.Toned(LineOf([.. _columns.Select(static column => column.Title)], static (_, text) => text), Tone.Faint));
        for (int i = 0; i < rows.Length; i++)
        {
            Write(rows[i], lines[i].Outcome);
        }
    }

    /// <summary>Writes another line in the previous columns, or in new ones if it has a value that they lack.</summary>
    public void WriteNext(PublishLine line)
    {
        string[] cells = CellsOf(line);
        if (_shown.Length == 0 || _columns.Any(column => column.Width == 0 && cells[column.Index].Length > 0))
        {
            Write([line]);
            return;
        }

        Write(cells, line.Outcome);
    }

    private void Write(string[] cells, string outcome)
    {
        terminal.WriteLine(LineOf(cells, (column, text) => column.IsToned ? terminal.Toned(text, ToneOf(outcome)) : text));
        if (_hasErrorsBelow && cells[ErrorIndex].Length > 0)
        {
            terminal.WriteLine(Gap + cells[ErrorIndex]);
        }
    }

    private string LineOf(string[] cells, Func<Column, string, string> tone) =>
        string.Join(Gap, _shown.Select(column => tone(column, column.Pad(cells[column.Index])))).TrimEnd();

    private static int WidthOf(Column[] columns) => columns.Sum(static column => column.Width + Gap.Length) - Gap.Length;

    private string[] CellsOf(PublishLine line) =>
    [
        HumanFormat.ShortAge(line.Time, clock.GetUtcNow()),
        line.Outcome,
        line.Error,
        line.Route,
        line.Duration is { } duration ? CellText.Format(ColumnKind.Duration, duration) : "",
        line.Project is { } project ? projects.NameOf(project) : "",
        Shortened(string.Join(' ', line.Dimensions.Where(static value => value.Length > 0)), terminal.Width / 3),
        line.Ci,
        line.ShortId,
    ];

    // One long value would else cost all lines the column.
    private static string Shortened(string text, int length) =>
        text.Length <= length ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)}…";

    private sealed record Column(int Index, string Title, int LeftOut)
    {
        public bool IsToned { get; init; }

        public bool IsRight { get; init; }

        /// <summary>The most characters of a cell; 0 where all are empty.</summary>
        public int Width { get; private set; }

        /// <summary>Makes room for the cells of rows.</summary>
        public void Widen(string[][] rows)
        {
            foreach (string[] row in rows)
            {
                int length = row[Index].Length;
                Width = length == 0 ? Width : Math.Max(Width, Math.Max(length, Title.Length));
            }
        }

        public string Pad(string cell)
        {
            string padding = Terminal.Spaces(Width - cell.Length);
            return IsRight ? padding + cell : cell + padding;
        }
    }
}
