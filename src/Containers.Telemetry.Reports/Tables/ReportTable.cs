using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Tables;

/// <summary>One answer: columns, rows and a note, independent of any format.</summary>
public sealed class ReportTable(string id, string title, IReadOnlyList<ReportColumn> columns, string? note = null)
{
    private readonly List<object?[]> _rows = [];

    /// <summary>Names the table in files and options: lower-case words with hyphens. Stable.</summary>
    public string Id { get; } = id;

    public string Title { get; } = title;

    public string? Note { get; } = note;

    public IReadOnlyList<ReportColumn> Columns { get; } = columns;

    /// <summary>The rows, in display order. A cell has the type of its <see cref="ColumnKind"/>, or is null for no value.</summary>
    public IReadOnlyList<object?[]> Rows => _rows;

    /// <summary>Number of rows beyond the limit.</summary>
    public int LeftOut { get; private set; }

    /// <exception cref="ArgumentException">It does not fit the columns.</exception>
    public void Add(params object?[] cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"{Id} has {Columns.Count} columns, not {cells.Length}.", nameof(cells));
        }

        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] is { } cell && cell.GetType() != TypeOf(Columns[i].Kind))
            {
                throw new ArgumentException($"{Id}: a {cell.GetType().Name} cannot stand in column {Columns[i].Id}.", nameof(cells));
            }
        }

        _rows.Add(cells);
    }

    /// <summary>The same table with another name for a column; itself if it has no such column.</summary>
    internal ReportTable Renamed(ReportColumn column, ReportColumn other)
    {
        if (!Columns.Contains(column))
        {
            return this;
        }

        string title = Title.Replace(column.Title, other.Title, StringComparison.Ordinal);
        var renamed = new ReportTable(Id, title, [.. Columns.Select(one => one == column ? other : one)], Note) { LeftOut = LeftOut };
        renamed._rows.AddRange(_rows);
        return renamed;
    }

    /// <summary>Orders the rows by a column, and keeps the first ones.</summary>
    /// <param name="column">The id of the column; null to keep the order.</param>
    /// <param name="isDescending">Whether the largest comes first. Rows without a value come last either way.</param>
    /// <param name="limit">The most rows; null for all.</param>
    internal void Arrange(string? column, bool isDescending, int? limit)
    {
        int index = column is null ? -1 : Columns.ToList().FindIndex(candidate => candidate.Id == column);
        if (index >= 0)
        {
            IComparer<object?> order = Comparer<object?>.Create((one, other) => Compare(one, other) * (isDescending ? -1 : 1));
            object?[][] ordered = [.. _rows.OrderBy(row => row[index] is null).ThenBy(row => row[index], order)];
            _rows.Clear();
            _rows.AddRange(ordered);
        }

        LeftOut = Math.Max(0, _rows.Count - (limit ?? int.MaxValue));
        _rows.RemoveRange(_rows.Count - LeftOut, LeftOut);
    }

    private static int Compare(object? one, object? other) =>
        one is string text && other is string otherText ? string.CompareOrdinal(text, otherText) : Comparer<object?>.Default.Compare(one, other);

    private static Type TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => typeof(string),
        ColumnKind.Percent or ColumnKind.Points => typeof(double),
        ColumnKind.Date => typeof(DateOnly),
        ColumnKind.Time => typeof(DateTimeOffset),
        _ => typeof(long),
    };
}

/// <param name="Id">Names it in files: the name of a field of the schema, or one in the same style. Stable.</param>
public sealed record ReportColumn(string Id, string Title, ColumnKind Kind)
{
    /// <summary>Whether it names the rows.</summary>
    public bool IsKey { get; init; }

    /// <summary>
    /// Returns a cell for people, as <see cref="CellText.Format"/> does. A row without a name has the text for none, and no two rows have one name.
    /// </summary>
    public string Format(object? cell) => !IsKey ? CellText.Format(Kind, cell) : cell is null ? CellText.None : CellText.Exact(Kind, cell);

    internal static ColumnKind KindOf(EventField? field) => field?.Unit switch
    {
        "bytes" => ColumnKind.Bytes,
        "ms" => ColumnKind.Duration,
        _ => ColumnKind.Count,
    };
}

public enum ColumnKind
{
    Text,

    /// <summary>A number of things: a <see cref="long"/>.</summary>
    Count,

    /// <summary>A part of a whole, as a fraction: a <see cref="double"/>, 0.25 for 25 %.</summary>
    Percent,

    /// <summary>The difference of two such parts: a <see cref="double"/>, 0.01 for one percentage point.</summary>
    Points,

    /// <summary>A size in bytes: a <see cref="long"/>.</summary>
    Bytes,

    /// <summary>A time span in milliseconds: a <see cref="long"/>.</summary>
    Duration,

    /// <summary>A day, UTC: a <see cref="DateOnly"/>.</summary>
    Date,

    /// <summary>A moment, UTC: a <see cref="DateTimeOffset"/>.</summary>
    Time,
}
