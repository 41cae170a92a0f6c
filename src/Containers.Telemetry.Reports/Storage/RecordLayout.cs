using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// The columns that a report needs, and no others: a million publishes are kept in memory, so each byte of a row is a megabyte.
/// </summary>
internal sealed class RecordLayout
{
    private readonly Dictionary<string, FieldColumn> _byAttribute = new(StringComparer.Ordinal);
    private readonly List<FieldColumn> _columns = [];

    /// <param name="fields">The fields to keep, in any order; those that are named twice are kept once.</param>
    public RecordLayout(IEnumerable<ReportField> fields)
    {
        RowSize = RowHeader.Size;
        Outcome = (TextColumn)Add(ReportField.Of(DetailFields.Outcome));
        Scope = (TextColumn)Add(ReportField.Of(DetailFields.Scope));
        IndexScope = Scope.NumberOf("index");
        SuccessOutcome = Outcome.NumberOf("success");
        ErrorOutcome = Outcome.NumberOf("error");
        CanceledOutcome = Outcome.NumberOf("canceled");
        UnfinishedOutcome = Outcome.NumberOf("unfinished");
        foreach (ReportField field in fields)
        {
            if (field.Shape is not (FieldShape.Time or FieldShape.Identity))
            {
                Add(field);
            }
        }
    }

    public IReadOnlyList<FieldColumn> Columns => _columns;

    /// <summary>Bytes a publish.</summary>
    public int RowSize { get; private set; }

    /// <summary>How the publish ended.</summary>
    public TextColumn Outcome { get; }

    /// <summary>Whether the outcome is about one image or about the index over several.</summary>
    public TextColumn Scope { get; }

    /// <summary>What stands in <see cref="Scope"/> for an index.</summary>
    public long IndexScope { get; }

    /// <summary>What stands in <see cref="Outcome"/> for a publish that did what it was asked to.</summary>
    public long SuccessOutcome { get; }

    /// <summary>What stands in <see cref="Outcome"/> for a publish that failed.</summary>
    public long ErrorOutcome { get; }

    /// <summary>What stands in <see cref="Outcome"/> for a publish that was canceled.</summary>
    public long CanceledOutcome { get; }

    /// <summary>What stands in <see cref="Outcome"/> for a publish that failed or was canceled, which could not be seen.</summary>
    public long UnfinishedOutcome { get; }

    /// <summary>Returns the column of a field that is kept.</summary>
    public FieldColumn this[ReportField field] => _byAttribute[field.Attribute];

    /// <summary>Returns the column of a field that is kept.</summary>
    public FieldColumn this[EventField field] => _byAttribute[field.Attribute];

    /// <summary>Finds the column that an attribute belongs to; null for an attribute that nobody asked for.</summary>
    public FieldColumn? Find(string attribute) => _byAttribute.GetValueOrDefault(attribute);

    private FieldColumn Add(ReportField field)
    {
        if (_byAttribute.TryGetValue(field.Attribute, out FieldColumn? column))
        {
            return column;
        }

        column = FieldColumn.Create(field, _columns.Count, RowSize);
        RowSize += column.Width;
        _columns.Add(column);
        _byAttribute.Add(field.Attribute, column);
        return column;
    }
}
