namespace Containers.Telemetry.Events;

/// <summary>The names of the events: those that the .NET SDK raises and the dotnet CLI forwards.</summary>
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

    /// <summary>All of them.</summary>
    public static readonly string[] All = [Inference, Success, Error];
}
