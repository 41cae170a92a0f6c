using Containers.Telemetry.Events;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>What stands in the column <see cref="FleetSchema.Kind"/>: the same words whatever version of the format named the event.</summary>
internal static class FleetEventKind
{
    public const string Inference = "inference";
    public const string Success = "success";
    public const string Error = "error";

    /// <summary>An event that another package's targets logged: no publish.</summary>
    public const string Usage = "usage";

    /// <summary>Returns the kind of an event.</summary>
    /// <param name="name">One of <see cref="EventNames"/>.</param>
    public static string Of(string name) => name switch
    {
        EventNames.Inference => Inference,
        EventNames.Success => Success,
        EventNames.Error => Error,
        _ => Usage,
    };
}

/// <summary>What stands in the column <see cref="FleetSchema.Result"/>.</summary>
internal static class FleetResult
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Canceled = "canceled";

    /// <summary>It ended without an image where a failure and a cancellation look alike.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Nothing has ended it.</summary>
    public const string Unknown = "";
}
