using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>A field that publishes can be grouped and filtered by: of the schema, derived from those, or a dimension of an organization.</summary>
public sealed class ReportField
{
    /// <summary>The outcome of a publish that nothing ended, and that may still be at work.</summary>
    public const string Running = "running";

    /// <summary>The outcome of another publish that nothing ended, and that of an event which says so.</summary>
    public const string Unfinished = "unfinished";

    private const string DimensionPrefix = "dimension.";

    private static readonly Dictionary<string, ReportField> ByName = Index();

    private ReportField(string name, string attribute, FieldShape shape)
    {
        Name = name;
        Attribute = attribute;
        Shape = shape;
        Title = name;
    }

    /// <summary>All fields but the dimensions: those of the schema in its order, then the derived ones.</summary>
    public static IReadOnlyList<ReportField> All { get; } =
    [
        .. EventSchema.Fields.Select(static field => ByName[field.Name]),
        .. Enum.GetNames(typeof(DerivedField)).Select(static name => ByName[name]),
    ];

    /// <summary>The name in the schema; <c>dimension.</c> and the dimension's name for a dimension.</summary>
    public string Name { get; }

    /// <summary>The name for people, which finds the field: a dimension's has no prefix, unless another field has its name.</summary>
    public string Title { get; private init; }

    /// <summary>The name that an organization declared; for a dimension alone.</summary>
    internal string DimensionName => Name[DimensionPrefix.Length..];

    /// <summary>The name of the OpenTelemetry attribute that carries it; empty for a derived field.</summary>
    public string Attribute { get; }

    /// <summary>The field of the schema; null for a dimension and a derived field.</summary>
    public EventField? SchemaField { get; private init; }

    /// <summary>Which derived field it is; null for another one.</summary>
    public DerivedField? Derived { get; private init; }

    /// <summary>Whether an organization declared it.</summary>
    public bool IsDimension => SchemaField is null && Derived is null;

    /// <summary>Whether it is the outcome, which publishes without an event of their end have, too.</summary>
    public bool IsOutcome => SchemaField == DetailFields.Outcome;

    /// <summary>Whether its identifiers are written with the dashes of a UUID.</summary>
    internal bool HasDashes => SchemaField is { Kind: FieldKind.Identifier };

    /// <summary>Its meaning, in one sentence.</summary>
    public string Description =>
        SchemaField?.Description ?? (Derived is { } derived ? DerivedFields.DescriptionOf(derived) : "A dimension that an organization declared.");

    /// <summary>A value as it is written in a filter.</summary>
    public string Example => SchemaField?.Example ?? (Derived is { } derived ? DerivedFields.ExampleOf(derived) : "payments");

    /// <summary>Whether it is true or false.</summary>
    public bool IsFlag => SchemaField is { Kind: FieldKind.Flag } || Derived is DerivedField.Retried;

    /// <summary>The values that it can have; empty if they are not a fixed set.</summary>
    public string[] AllowedValues => SchemaField is { Kind: FieldKind.Flag }
        ? ["false", "true"]
        : IsOutcome ? [.. DetailFields.Outcome.AllowedValues, Running]
        : SchemaField?.AllowedValues ?? (Derived is { } derived ? DerivedFields.AllowedValuesOf(derived) : []);

    /// <summary>The fields that this one is computed from.</summary>
    public IReadOnlyList<ReportField> Inputs => Derived switch
    {
        null => [this],
        DerivedField.Hour or DerivedField.Day or DerivedField.Week or DerivedField.Month => [],
        { } derived => [this, .. DerivedFields.InputsOf(derived).Select(Of)],
    };

    /// <summary>Whether several publishes can have the same value. The identifier of an event or a publish makes no groups.</summary>
    public bool CanGroup => Shape is not FieldShape.Identity;

    internal FieldShape Shape { get; }

    /// <summary>The events of a publish that carry it.</summary>
    internal FieldSource Source { get; private init; } = FieldSource.EveryEvent;

    /// <summary>Finds a field by its name or its attribute, in any case; null when there is none.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="dimensions">The dimensions that occur, which can be named without a prefix.</param>
    public static ReportField? Find(string text, IReadOnlyCollection<string>? dimensions = null)
    {
        if (ByName.TryGetValue(text, out ReportField? field))
        {
            return field;
        }

        // A dimension is declared in lower case.
        string lower = text.ToLowerInvariant();
        string? dimension = After(OtlpFormat.DimensionPrefix, lower) ?? After(DimensionPrefix, lower) ?? (dimensions?.Contains(lower) is true ? lower : null);
        return dimension is not null && Dimensions.IsName(dimension) ? OfDimension(dimension) : null;

        static string? After(string prefix, string text) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
    }

    public static ReportField Of(EventField field) => ByName[field.Name];

    public static ReportField Of(DerivedField field) => ByName[field.ToString()];

    public static ReportField OfDimension(string name) => new(DimensionPrefix + name, OtlpFormat.DimensionPrefix + name, FieldShape.Text)
    {
        Title = ByName.ContainsKey(name) ? DimensionPrefix + name : name,
    };

    public override string ToString() => Title;

    private static Dictionary<string, ReportField> Index()
    {
        var index = new Dictionary<string, ReportField>(StringComparer.OrdinalIgnoreCase);
        foreach (EventField field in EventSchema.Fields)
        {
            var reportField = new ReportField(field.Name, field.Attribute, ShapeOf(field)) { SchemaField = field, Source = SourceOf(field) };
            index[field.Name] = reportField;
            index[field.Attribute] = reportField;
        }

        foreach (DerivedField derived in (DerivedField[])Enum.GetValues(typeof(DerivedField)))
        {
            FieldShape shape = derived is DerivedField.Hour or DerivedField.Day or DerivedField.Week or DerivedField.Month ? FieldShape.Time : FieldShape.Text;
            index[derived.ToString()] = new ReportField(derived.ToString(), "", shape) { Derived = derived };
        }

        return index;
    }

    private static FieldSource SourceOf(EventField field) => field switch
    {
        _ when InferenceFields.All.Contains(field) => FieldSource.Inference,
        _ when field == DetailFields.SchemaVersion || field == DetailFields.Observation
            || field == DetailFields.FeaturesUsed || field == DetailFields.Invocation => FieldSource.EveryEvent,
        _ => OutcomeFields.All.Contains(field) || DetailFields.All.Contains(field) ? FieldSource.Outcome : FieldSource.EveryEvent,
    };

    private static FieldShape ShapeOf(EventField field) => field.Kind switch
    {
        _ when field == DetailFields.EventId || field == DetailFields.PublishId => FieldShape.Identity,
        FieldKind.Timestamp => FieldShape.Time,
        FieldKind.Count => FieldShape.Number,
        FieldKind.Choices or FieldKind.RuntimeIdentifiers => FieldShape.Texts,
        FieldKind.Identifier or FieldKind.KeyedHash => FieldShape.Identifier,
        _ => FieldShape.Text,
    };
}

/// <summary>The form of a field's values in memory.</summary>
internal enum FieldShape
{
    /// <summary>One text, with few different values.</summary>
    Text,

    /// <summary>Several texts, with few different values.</summary>
    Texts,

    /// <summary>128 bits that identify a user or a project.</summary>
    Identifier,

    /// <summary>A number, not negative.</summary>
    Number,

    Time,

    /// <summary>The id of an event or of a publish.</summary>
    Identity,
}

/// <summary>The events of a publish that carry a field, and so have its value.</summary>
internal enum FieldSource
{
    Inference,

    /// <summary>An outcome. The value comes from the event that ended the publish; a publish without an outcome has none.</summary>
    Outcome,

    /// <summary>Every event, such as the user and the SDK. The one that ended the publish has it, else its inference, else its first outcome.</summary>
    EveryEvent,
}
