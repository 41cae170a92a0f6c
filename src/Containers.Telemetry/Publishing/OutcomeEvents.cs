using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;

namespace Containers.Telemetry.Publishing;

/// <summary>Makes the event that says how a publish, or one image of it, ended.</summary>
internal static class OutcomeEvents
{
    /// <summary>The image is where it shall be.</summary>
    public static ContainerEvent Success(ImageTransfer image, TaskObservation? seen = null)
    {
        var success = new ContainerEvent(EventNames.Success);
        image.AddTo(success, seen?.FindSdkEvent(EventNames.Success)?.Value("LocalPushType"));
        success.Set(DetailFields.Outcome, "success");
        return success;
    }

    /// <summary>It is not, and this is why.</summary>
    public static ContainerEvent Failure(ImageTransfer image, Failure failure, TaskObservation? seen = null)
    {
        var error = new ContainerEvent(EventNames.Error);
        SdkTelemetryEvent? sdkEvent = seen?.FindSdkEvent(EventNames.Error) ?? seen?.FindSdkEvent(EventNames.Success);

        // Where the SDK finds no local registry at all, it still names one.
        image.AddTo(error, failure.Kind is ErrorKind.MissingBinary ? null : sdkEvent?.Value("LocalPushType"));
        error.Set(OutcomeFields.Error, ErrorKinds.NameOf(failure.Kind));
        error.Set(OutcomeFields.Direction, failure.Direction switch
        {
            TransferDirection.Pull => "pull",
            TransferDirection.Push => "push",
            _ => null,
        });
        if (failure.Kind is ErrorKind.RidMismatch)
        {
            error.Set(OutcomeFields.TargetRid, sdkEvent?.Value("target_rid") ?? image.RuntimeIdentifier);
            error.Set(OutcomeFields.AvailableRids, sdkEvent?.Value("available_rids")?.Split(',') ?? []);
        }

        error.Set(DetailFields.Outcome, failure.Kind is ErrorKind.Canceled ? "canceled" : "error");
        error.Set(DetailFields.ErrorCode, failure.Code);
        error.Set(DetailFields.HttpStatus, failure.HttpStatus);
        error.Set(DetailFields.ExceptionType, failure.ExceptionType);
        return error;
    }
}
