using Containers.Telemetry.Events;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>The values of the column <see cref="FleetSchema.Kind"/>, the same for all versions of the format.</summary>
internal static class FleetEventKind
{
    public const string Inference = "inference";
    public const string Success = "success";
    public const string Error = "error";

    /// <summary>An event that another package's targets logged, without a publish.</summary>
    public const string Usage = "usage";

    /// <param name="name">One of <see cref="EventNames"/>.</param>
    public static string Of(string name) => name switch
    {
        EventNames.Inference => Inference,
        EventNames.Success => Success,
        EventNames.Error => Error,
        _ => Usage,
    };
}

/// <summary>The values of the column <see cref="FleetSchema.Result"/>.</summary>
internal static class FleetResult
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Canceled = "canceled";

    /// <summary>It ended without an image, and a failure cannot be distinguished from a cancellation.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>It has no outcome.</summary>
    public const string Unknown = "";
}
