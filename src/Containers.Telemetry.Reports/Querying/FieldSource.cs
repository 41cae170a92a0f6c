namespace Containers.Telemetry.Reports.Querying;

/// <summary>The events of a publish that carry a field, and so have its value.</summary>
internal enum FieldSource
{
    Inference,

    /// <summary>An outcome. The value comes from the event that ended the publish; a publish without an outcome has none.</summary>
    Outcome,

    /// <summary>
    /// Every event, such as the user and the SDK. The value comes from the event that ended the publish; without one, from its inference, or from the
    /// first outcome of an image.
    /// </summary>
    EveryEvent,
}
