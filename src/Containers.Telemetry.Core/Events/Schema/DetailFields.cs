using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Events.Schema;

/// <summary>What the user's own sinks get about a publish beyond the SDK's data points. Never put into the SDK's channel.</summary>
public static class DetailFields
{
    public static readonly EventField EventId = new("EventId", FieldKind.Identifier, "Identifies the event, so that one delivered twice is counted once (UUIDv7).", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6071");

    public static readonly EventField PublishId = new("PublishId", FieldKind.Identifier, "Joins the events of one publish (UUIDv7).", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070");

    public static readonly EventField SchemaVersion = new("SchemaVersion", FieldKind.Count, "The version of this schema.", "1");

    public static readonly EventField Time = new("Time", FieldKind.Timestamp, "When the event was raised, UTC.", "2026-11-20T09:30:00.0000000+00:00");

    public static readonly EventField Outcome = new("Outcome", FieldKind.Choice, "How the publish ended.", "success")
    {
        AllowedValues = ["success", "error", "canceled"],
    };

    public static readonly EventField Scope = new("Scope", FieldKind.Choice, "Whether this is about one image or about the index over several.", "image")
    {
        AllowedValues = ["image", "index"],
    };

    public static readonly EventField ImageRuntime = new("ImageRuntime", FieldKind.RuntimeIdentifier, "The runtime identifier that this one image is made for.", "linux-x64");

    public static readonly EventField ErrorCode = new("ErrorCode", FieldKind.DiagnosticCode, "The diagnostic code of the error.", "CONTAINER1013");

    public static readonly EventField HttpStatus = new("HttpStatus", FieldKind.Count, "The HTTP status with which a registry refused.", "403");

    public static readonly EventField ExceptionType = new("ExceptionType", FieldKind.Choice, "The type of the exception behind the error.", "HttpRequestException")
    {
        AllowedValues = ExceptionTypes.Names,
    };

    public static readonly EventField Duration = new("Duration", FieldKind.Count, "Time from the start of the container publish to this event.", "812")
    {
        Unit = "ms",
    };

    public static readonly EventField ImageFormat = new("ImageFormat", FieldKind.Choice, "The format of the image.", "OCI")
    {
        AllowedValues = ["OCI", "Docker"],
    };

    public static readonly EventField ImageSize = new("ImageSize", FieldKind.Count, "Size of the image: its configuration and its layers as they are stored.", "91234567")
    {
        Unit = "bytes",
    };

    public static readonly EventField LayerCount = new("LayerCount", FieldKind.Count, "Number of layers.", "6");

    public static readonly EventField TagCount = new("TagCount", FieldKind.Count, "Number of tags.", "2");

    public static readonly EventField LabelCount = new("LabelCount", FieldKind.Count, "Number of labels.", "8");

    public static readonly EventField PortCount = new("PortCount", FieldKind.Count, "Number of exposed ports set in the project.", "1");

    public static readonly EventField EnvironmentVariableCount = new("EnvironmentVariableCount", FieldKind.Count, "Number of environment variables set in the project.", "3");

    public static readonly EventField FeaturesUsed = new("FeaturesUsed", FieldKind.Choices, "The container settings that the user set, by name; never their values.", "ContainerFamily, ContainerRegistry")
    {
        AllowedValues = Features.Names,
    };

    public static readonly EventField Invocation = new("Invocation", FieldKind.Choices, "How the publish was started.", "PublishProfile")
    {
        AllowedValues = Features.InvocationNames,
    };

    public static readonly EventField[] All =
    [
        EventId, PublishId, SchemaVersion, Time, Outcome, Scope, ImageRuntime, ErrorCode, HttpStatus, ExceptionType, Duration,
        ImageFormat, ImageSize, LayerCount, TagCount, LabelCount, PortCount, EnvironmentVariableCount, FeaturesUsed, Invocation,
    ];
}
