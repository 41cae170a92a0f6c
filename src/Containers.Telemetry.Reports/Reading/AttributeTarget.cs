using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <param name="Column">The column for it; null for other roles than <see cref="AttributeRole.Value"/>.</param>
internal readonly record struct AttributeTarget(AttributeRole Role, FieldColumn? Column)
{
    /// <summary>Finds the target of an attribute's values. The layout remembers a dimension that it does not keep.</summary>
    public static AttributeTarget Of(string attribute, RecordLayout layout) =>
        attribute == DetailFields.EventId.Attribute ? new(AttributeRole.EventId, null)
        : attribute == DetailFields.PublishId.Attribute ? new(AttributeRole.PublishId, null)
        : layout.Find(attribute) is { } column ? new(AttributeRole.Value, column)
        : Ignore(attribute, layout);

    private static AttributeTarget Ignore(string attribute, RecordLayout layout)
    {
        if (attribute.StartsWith(OtlpFormat.DimensionPrefix, StringComparison.Ordinal))
        {
            layout.AddOther(attribute[OtlpFormat.DimensionPrefix.Length..]);
        }

        return default;
    }
}

internal enum AttributeRole
{
    /// <summary>Not needed by the report.</summary>
    Ignored,

    Value,
    EventId,
    PublishId,
}
