using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Something that publishes can be grouped and filtered by: a field of the schema, or a dimension that an organization declared.</summary>
public sealed class ReportField
{
    private const string DimensionPrefix = "dimension.";

    private static readonly Dictionary<string, ReportField> ByName = Index();

    private ReportField(string name, string attribute, EventField? schemaField, FieldShape shape)
    {
        Name = name;
        Attribute = attribute;
        SchemaField = schemaField;
        Shape = shape;
        Source = SourceOf(schemaField);
    }

    /// <summary>All fields of the schema, in its order.</summary>
    public static IReadOnlyList<ReportField> All { get; } = [.. EventSchema.Fields.Select(field => ByName[field.Name])];

    /// <summary>The name in the schema; <c>dimension.</c> and the dimension's name for a dimension.</summary>
    public string Name { get; }

    /// <summary>The name of the OpenTelemetry attribute that carries it.</summary>
    public string Attribute { get; }

    /// <summary>The field of the schema; null for a dimension.</summary>
    public EventField? SchemaField { get; }

    /// <summary>How its values are kept.</summary>
    internal FieldShape Shape { get; }

    /// <summary>Which events of a publish carry it.</summary>
    internal FieldSource Source { get; }

    /// <summary>Whether several publishes can have the same value. An identifier of one event or one publish says nothing about a group.</summary>
    public bool CanGroup => Shape is not FieldShape.Identity;

    /// <summary>Finds a field by its name or its attribute, in any case; null when there is none.</summary>
    public static ReportField? Find(string text)
    {
        if (ByName.TryGetValue(text, out ReportField? field))
        {
            return field;
        }

        string? dimension = After(OtlpFormat.DimensionPrefix, text) ?? After(DimensionPrefix, text);
        return dimension is not null && Dimensions.IsName(dimension)
            ? new ReportField(DimensionPrefix + dimension, OtlpFormat.DimensionPrefix + dimension, null, FieldShape.Text)
            : null;

        static string? After(string prefix, string text) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;
    }

    /// <summary>The field of the schema as something to report about.</summary>
    internal static ReportField Of(EventField field) => ByName[field.Name];

    public override string ToString() => Name;

    private static Dictionary<string, ReportField> Index()
    {
        var index = new Dictionary<string, ReportField>(StringComparer.OrdinalIgnoreCase);
        foreach (EventField field in EventSchema.Fields)
        {
            var reportField = new ReportField(field.Name, field.Attribute, field, ShapeOf(field));
            index[field.Name] = reportField;
            index[field.Attribute] = reportField;
        }

        return index;
    }

    private static FieldSource SourceOf(EventField? field) => field switch
    {
        null => FieldSource.EveryEvent,
        _ when InferenceFields.All.Contains(field) => FieldSource.Inference,
        _ when field == DetailFields.SchemaVersion || field == DetailFields.Observation || field == DetailFields.FeaturesUsed || field == DetailFields.Invocation
            => FieldSource.EveryEvent,
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
