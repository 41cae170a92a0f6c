using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The columns that a report needs, and no others: a million publishes are kept in memory, so each byte of a publish is a megabyte.</summary>
internal sealed class RecordLayout
{
    private readonly Dictionary<string, FieldColumn> _byAttribute = new(StringComparer.Ordinal);
    private readonly List<FieldColumn> _columns = [];
    private readonly DimensionSet _otherDimensions = new();
    private readonly long _canceledOutcome;
    private readonly long _unfinishedOutcome;
    private readonly int _endsPublish;
    private readonly long _isTrue;

    /// <param name="fields">The fields to keep, in any order; duplicates are kept once.</param>
    public RecordLayout(IEnumerable<ReportField> fields, ReportSubject subject = ReportSubject.Publishes)
    {
        Subject = subject;
        Outcome = (TextColumn)Add(ReportField.Of(DetailFields.Outcome));
        SuccessOutcome = Outcome.NumberOf("success");
        ErrorOutcome = Outcome.NumberOf("error");
        _canceledOutcome = Outcome.NumberOf("canceled");
        _unfinishedOutcome = Outcome.NumberOf("unfinished");
        var ends = (TextColumn)Add(ReportField.Of(DetailFields.EndsPublish));
        _endsPublish = ends.Index;
        _isTrue = ends.NumberOf("true");
        Users = (IdentifierColumn)Add(ReportField.Of(IdentityFields.AnonymousUserId));
        Projects = (IdentifierColumn)Add(ReportField.Of(IdentityFields.ProjectId));
        foreach (ReportField field in fields.SelectMany(static field => field.Inputs))
        {
            if (field.Shape is not (FieldShape.Time or FieldShape.Identity))
            {
                Add(field);
            }
        }
    }

    public ReportSubject Subject { get; }

    public IReadOnlyList<FieldColumn> Columns => _columns;

    /// <summary>The dimensions that were read and are not kept, in order.</summary>
    public IReadOnlyList<string> OtherDimensions
    {
        get
        {
            lock (_otherDimensions)
            {
                return _otherDimensions.Names;
            }
        }
    }

    public TextColumn Outcome { get; }

    /// <summary>The number in <see cref="Outcome"/> of a publish that succeeded.</summary>
    public long SuccessOutcome { get; }

    /// <summary>The number in <see cref="Outcome"/> of a publish that failed.</summary>
    public long ErrorOutcome { get; }

    public IdentifierColumn Users { get; }

    public IdentifierColumn Projects { get; }

    /// <summary>Whether an outcome is of the whole publish, not of one image of several.</summary>
    public bool EndsPublish(EventRecord record) => record.Numbers[_endsPublish] == _isTrue;

    /// <summary>Converts an own event into the outcome of a publish, so that it is counted like one: a publish with one event, which ends it.</summary>
    public void MakeOutcome(EventRecord record)
    {
        record.PublishId = record.EventId;
        record.Numbers[_endsPublish] = _isTrue;
        ref long outcome = ref record.Numbers[Outcome.Index];
        outcome = outcome == 0 ? SuccessOutcome : outcome;
        record.Kind = outcome == SuccessOutcome ? EventKind.Success : EventKind.Error;
    }

    public PublishOutcome OutcomeOf(EventRecord record) =>
        record.Kind is EventKind.Success ? PublishOutcome.Succeeded
        : record.Numbers[Outcome.Index] == _canceledOutcome ? PublishOutcome.Canceled
        : record.Numbers[Outcome.Index] == _unfinishedOutcome ? PublishOutcome.Unfinished
        : PublishOutcome.Failed;

    /// <summary>Returns the column of a field that is kept.</summary>
    public FieldColumn this[ReportField field] => _byAttribute[KeyOf(field)];

    public FieldColumn this[EventField field] => _byAttribute[field.Attribute];

    /// <summary>Finds the column that an attribute belongs to; null for an attribute that the report does not need.</summary>
    public FieldColumn? Find(string attribute) => _byAttribute.GetValueOrDefault(attribute);

    /// <summary>Remembers a dimension that was read and is not kept. For any thread.</summary>
    public void AddOther(string dimension)
    {
        lock (_otherDimensions)
        {
            _otherDimensions.Add(dimension);
        }
    }

    private FieldColumn Add(ReportField field)
    {
        if (_byAttribute.TryGetValue(KeyOf(field), out FieldColumn? column))
        {
            return column;
        }

        column = FieldColumn.Create(field, _columns.Count);
        _columns.Add(column);
        _byAttribute.Add(KeyOf(field), column);
        if (field.SchemaField?.OwnAttribute is { } own)
        {
            _byAttribute.Add(own, column);
        }

        return column;
    }

    // Fields without an attribute have a key that no attribute has.
    private static string KeyOf(ReportField field) => field.Derived is null ? field.Attribute : " " + field.Name;
}
