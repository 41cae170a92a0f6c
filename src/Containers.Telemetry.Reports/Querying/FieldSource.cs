namespace Containers.Telemetry.Reports.Querying;

/// <summary>Which events of a publish carry a field, and so whose value is the publish's.</summary>
internal enum FieldSource
{
    /// <summary>The inference event.</summary>
    Inference,

    /// <summary>An outcome. The value is that of the event that ended the publish; a publish that nothing has ended has none.</summary>
    Outcome,

    /// <summary>
    /// Every event, such as the user and the SDK. The value is that of the event that ended the publish; while nothing has ended it, that of
    /// its inference, or of the first outcome of an image.
    /// </summary>
    EveryEvent,
}
