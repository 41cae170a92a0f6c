using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>A list of publishes in a terminal, a line each. Where it is narrow, the columns that matter least are left out.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="clock">What ages are counted from.</param>
/// <param name="projects">The names of projects.</param>
internal sealed class PublishTable(Terminal terminal, TimeProvider clock, ProjectNames projects)
{
    private const string Gap = "  ";

    /// <summary>The columns, and in which order they are left out: the highest number first, 0 never.</summary>
    private static readonly Column[] Columns =
        [new("Age", 0), new("Outcome", 0), new("Error", 0), new("From -> to", 2), new("Duration", 3), new("Project", 1), new("Dimensions", 5), new("CI", 4), new("Id", 0)];

    private const int Outcome = 1;
    private const int DurationColumn = 4;

    private int[] _widths = [];
    private int[] _shown = [];

    /// <summary>The tone of an outcome.</summary>
    public static Tone ToneOf(string outcome) => outcome switch
    {
        "success" => Tone.Good,
        "error" => Tone.Bad,
        _ => Tone.Warning,
    };

    /// <summary>Writes lines, and before them what their columns are.</summary>
    public void Write(IReadOnlyList<PublishLine> lines)
    {
        string[][] rows = [.. lines.Select(CellsOf)];
        _widths = [.. Columns.Select((column, i) => Math.Max(_widths.ElementAtOrDefault(i), rows.All(row => row[i].Length == 0) ? 0 : Math.Max(column.Title.Length, rows.Max(row => row[i].Length))))];
        _shown = [.. Enumerable.Range(0, Columns.Length).Where(column => _widths[column] > 0)];
        while (_shown.Sum(column => _widths[column] + Gap.Length) - Gap.Length > terminal.Width && _shown.MaxBy(static column => Columns[column].LeftOut) is var least && Columns[least].LeftOut > 0)
        {
            _shown = [.. _shown.Where(column => column != least)];
        }

        terminal.WriteLine(terminal.Toned(LineOf([.. Columns.Select(static column => column.Title)], static (_, text) => text), Tone.Faint));
        for (int i = 0; i < rows.Length; i++)
        {
            Write(rows[i], lines[i].Outcome);
        }
    }

    /// <summary>Writes one more line in the columns of those before; with columns of its own where it says what those left out.</summary>
    public void WriteNext(PublishLine line)
    {
        string[] cells = CellsOf(line);
        if (_shown.Length == 0 || cells.Where((cell, column) => cell.Length > 0 && _widths[column] == 0).Any())
        {
            Write([line]);
            return;
        }

        Write(cells, line.Outcome);
    }

    private void Write(string[] cells, string outcome) => terminal.WriteLine(LineOf(cells, (column, text) => column == Outcome ? terminal.Toned(text, ToneOf(outcome)) : text));

    private string LineOf(string[] cells, Func<int, string, string> tone) => string.Join(
        Gap,
        _shown.Select(column => tone(column, column == DurationColumn ? cells[column].PadLeft(_widths[column]) : cells[column].PadRight(_widths[column])))).TrimEnd();

    private string[] CellsOf(PublishLine line) =>
    [
        HumanFormat.ShortAge(line.Time, clock.GetUtcNow()), line.Outcome, line.Error, line.Route, line.Duration is { } duration ? CellText.Format(ColumnKind.Duration, duration) : "",
        line.Project is { } project ? projects.NameOf(project) : "", string.Join(' ', line.Dimensions.Where(static value => value.Length > 0)), line.Ci, line.ShortId,
    ];

    private sealed record Column(string Title, int LeftOut);
}
