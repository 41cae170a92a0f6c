using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;

namespace Containers.Telemetry.Publishing;

/// <summary>Creates the outcome event of a publish, or of one image.</summary>
internal static class OutcomeEvents
{
    /// <param name="image">The source and the destination of the image.</param>
    /// <param name="failure">The failure; null for a success.</param>
    /// <param name="seen">The observation of the SDK's task; null when no task ran.</param>
    /// <param name="scope">The scope, <c>image</c> or <c>index</c>; null for a publish that reached neither.</param>
    public static ContainerEvent Create(ImageTransfer image, Failure? failure, TaskObservation? seen = null, string? scope = null)
    {
        ContainerEvent outcome = failure is null ? Success(image, seen) : Failure(image, failure, seen);
        AddDetails(outcome, failure, scope);
        return outcome;
    }

    /// <summary>The image has reached its destination.</summary>
    public static ContainerEvent Success(ImageTransfer image, TaskObservation? seen = null)
    {
        var success = new ContainerEvent(EventNames.Success);
        image.AddTo(success, seen?.FindSdkEvent(EventNames.Success)?.Value("LocalPushType"));
        return success;
    }

    /// <summary>The image has not reached its destination.</summary>
    public static ContainerEvent Failure(ImageTransfer image, Failure failure, TaskObservation? seen = null)
    {
        var error = new ContainerEvent(EventNames.Error);
        SdkTelemetryEvent? sdkEvent = seen?.FindSdkEvent(EventNames.Error) ?? seen?.FindSdkEvent(EventNames.Success);

        // If the SDK finds no local registry, or has not looked for one yet, it still names one.
        bool hasLooked = failure is { Direction: TransferDirection.Push, Kind: not ErrorKind.MissingBinary };
        image.AddTo(error, hasLooked ? sdkEvent?.Value("LocalPushType") : null);
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
            error.Set(OutcomeFields.AvailableRids, sdkEvent?.Value("available_rids")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []);
        }

        return error;
    }

    private static void AddDetails(ContainerEvent outcome, Failure? failure, string? scope)
    {
        outcome.Set(DetailFields.Outcome, failure?.Kind switch
        {
            null => "success",
            ErrorKind.Canceled => "canceled",
            ErrorKind.Unfinished => "unfinished",
            _ => "error",
        });
        outcome.Set(DetailFields.Scope, scope);
        outcome.Set(DetailFields.ErrorCode, failure?.Code);
        outcome.Set(DetailFields.HttpStatus, failure?.HttpStatus);
        outcome.Set(DetailFields.ExceptionType, failure?.ExceptionType);
    }
}
