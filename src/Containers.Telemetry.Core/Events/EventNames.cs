namespace Containers.Telemetry.Events;

/// <summary>The names of the events: those that the .NET SDK raises and the dotnet CLI forwards, and those that other packages' targets log.</summary>
public static class EventNames
{
    /// <summary>What every container event of the SDK starts with.</summary>
    public const string Prefix = "sdk/container/";

    /// <summary>How the base image was chosen.</summary>
    public const string Inference = "sdk/container/inference";

    /// <summary>A publish that did what it was asked to.</summary>
    public const string Success = "sdk/container/publish/success";

    /// <summary>A publish that did not.</summary>
    public const string Error = "sdk/container/publish/error";

    /// <summary>An action of another package's targets, with its outcome. Goes to the user's own sinks only.</summary>
    public const string Usage = "containers-telemetry/usage";

    /// <summary>An error of another package's targets that belongs to no action. Goes to the user's own sinks only.</summary>
    public const string UsageError = "containers-telemetry/error";

    /// <summary>All of them.</summary>
    public static readonly string[] All = [Inference, Success, Error, Usage, UsageError];
}
