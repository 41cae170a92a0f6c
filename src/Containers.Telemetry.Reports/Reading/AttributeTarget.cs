using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Where the value of an attribute goes.</summary>
/// <param name="Role">What the value is.</param>
/// <param name="Column">The column that takes it; null for other roles than <see cref="AttributeRole.Value"/>.</param>
internal readonly record struct AttributeTarget(AttributeRole Role, FieldColumn? Column)
{
    /// <summary>Finds out where the values of an attribute go.</summary>
    public static AttributeTarget Of(string attribute, RecordLayout layout) =>
        attribute == DetailFields.EventId.Attribute ? new(AttributeRole.EventId, null)
        : attribute == DetailFields.PublishId.Attribute ? new(AttributeRole.PublishId, null)
        : layout.Find(attribute) is { } column ? new(AttributeRole.Value, column)
        : default;
}

/// <summary>The use of an attribute's value.</summary>
internal enum AttributeRole
{
    /// <summary>Nothing that the report needs.</summary>
    Ignored,

    Value,
    EventId,
    PublishId,
}
