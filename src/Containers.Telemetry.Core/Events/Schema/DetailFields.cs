using Containers.Telemetry.Classification;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Events.Schema;

/// <summary>The fields that the user's own sinks get beyond the SDK's data points. Never put into the SDK's channel.</summary>
public static class DetailFields
{
    public static readonly EventField EventId = new("EventId", FieldKind.Identifier, "Identifies the event, so that one delivered twice is counted once (UUIDv7).", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6071")
    {
        Attribute = "log.record.uid",
    };

    public static readonly EventField PublishId = new("PublishId", FieldKind.Identifier, "Joins the events of one publish (UUIDv7).", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070")
    {
        Attribute = AttributeNames.Prefix + "publish.id",
    };

    public static readonly EventField SchemaVersion = new("SchemaVersion", FieldKind.Count, "The version of this schema.", "2")
    {
        Attribute = AttributeNames.Prefix + "schema_version",
    };

    public static readonly EventField Time = new("Time", FieldKind.Timestamp, "When the event was raised, UTC.", "2026-11-20T09:30:00.0000000+00:00")
    {
        Attribute = AttributeNames.Prefix + "time",
    };

    public static readonly EventField Outcome = new("Outcome", FieldKind.Choice, "How the publish ended.", "success")
    {
        Attribute = "cicd.pipeline.task.run.result",
        AttributeValues = ["success", "failure", "cancellation", "unfinished"],
        AllowedValues = ["success", "error", "canceled", "unfinished"],
    };

    public static readonly EventField Scope = new("Scope", FieldKind.Choice, "Whether this is about one image or about the index over several.", "image")
    {
        Attribute = AttributeNames.Prefix + "scope",
        AllowedValues = ["image", "index"],
    };

    public static readonly EventField Observation = new("Observation", FieldKind.Choice, "How much of the publish was seen: its tasks at work, or only its beginning and its end, from which the kind of an error cannot be told.", "observed")
    {
        Attribute = AttributeNames.Prefix + "observation",
        AllowedValues = ["observed", "bracketed"],
    };

    public static readonly EventField EndsPublish = new("EndsPublish", FieldKind.Flag, "Whether this is how the whole publish ended; false for one image of several.", "true")
    {
        Attribute = AttributeNames.Prefix + "publish.end",
    };

    public static readonly EventField PullRegistryProduct = new("PullRegistryProduct", FieldKind.Choice, "The product or network of the registry that the base image comes from, by its host; only where RemotePullType is Other.", "Quay")
    {
        Attribute = AttributeNames.Prefix + "pull.registry_product",
        AllowedValues = RegistryProductNames.All,
    };

    public static readonly EventField PushRegistryProduct = new("PushRegistryProduct", FieldKind.Choice, "The product or network of the registry that the image is meant for, by its host; only where RemotePushType is Other.", "JFrog")
    {
        Attribute = AttributeNames.Prefix + "push.registry_product",
        AllowedValues = RegistryProductNames.All,
    };

    public static readonly EventField ImageRuntime = new("ImageRuntime", FieldKind.RuntimeIdentifier, "The runtime identifier that this one image is made for.", "linux-x64")
    {
        Attribute = AttributeNames.Prefix + "image.runtime_identifier",
    };

    public static readonly EventField ErrorCode = new("ErrorCode", FieldKind.DiagnosticCode, "The diagnostic code of the error.", "CONTAINER1013")
    {
        Attribute = AttributeNames.Prefix + "error.code",
    };

    public static readonly EventField HttpStatus = new("HttpStatus", FieldKind.Count, "The HTTP status with which a registry refused.", "403")
    {
        Attribute = "http.response.status_code",
    };

    public static readonly EventField ExitCode = new("ExitCode", FieldKind.Count, "The exit code of the program that failed.", "1")
    {
        Attribute = "process.exit.code",
    };

    public static readonly EventField ExceptionType = new("ExceptionType", FieldKind.Choice, "The type of the exception behind the error.", "HttpRequestException")
    {
        Attribute = "exception.type",
        AllowedValues = ExceptionTypes.Names,
        AttributeValues = ExceptionTypes.FullNames,
    };

    public static readonly EventField Duration = new("Duration", FieldKind.Count, "Time from the start of the container publish to this event; for one image of several, from the start of the build of that image.", "812")
    {
        Attribute = AttributeNames.Prefix + "duration_ms",
        Unit = "ms",
    };

    public static readonly EventField TaskDuration = new("TaskDuration", FieldKind.Count, "Time that the SDK's task took that the event is about: the one that chooses the base image, makes one image, or makes the index over several.", "790")
    {
        Attribute = AttributeNames.Prefix + "task.duration_ms",
        Unit = "ms",
        Since = "0.2.0",
    };

    public static readonly EventField PullDuration = new("PullDuration", FieldKind.Count, "Time from the start of the SDK's image task until it had read the manifest and the configuration of the base image; layers are read during the push. Not where the runtime is told to give no HTTP diagnostics.", "140")
    {
        Attribute = AttributeNames.Prefix + "pull.duration_ms",
        Unit = "ms",
        Since = "0.2.0",
    };

    public static readonly EventField PushDuration = new("PushDuration", FieldKind.Count, "Time from the first request of the push until the SDK's image task ended, in failure too. Only of an image that is pushed to a registry, and not where the runtime is told to give no HTTP diagnostics.", "510")
    {
        Attribute = AttributeNames.Prefix + "push.duration_ms",
        Unit = "ms",
        Since = "0.2.0",
    };

    public static readonly EventField ImageFormat = new("ImageFormat", FieldKind.Choice, "The format of the image.", "OCI")
    {
        Attribute = AttributeNames.Prefix + "image.format",
        AllowedValues = ["OCI", "Docker"],
    };

    public static readonly EventField ImageSize = new("ImageSize", FieldKind.Count, "Size of the image: its configuration and its layers as they are stored, rounded to a mebibyte or by 1%, since its exact size could tell it from all others.", "91226112")
    {
        Attribute = AttributeNames.Prefix + "image.size",
        Unit = EventField.Bytes,
    };

    public static readonly EventField LayerCount = new("LayerCount", FieldKind.Count, "Number of layers.", "6")
    {
        Attribute = AttributeNames.Prefix + "image.layer_count",
    };

    public static readonly EventField UploadedBlobCount = new("UploadedBlobCount", FieldKind.Count, "Number of layers and configurations that were uploaded; 0 if the registry had them all. Only of an image that is pushed to a registry, and not where the runtime is told to give no HTTP diagnostics.", "3")
    {
        Attribute = AttributeNames.Prefix + "image.uploaded_blob_count",
    };

    public static readonly EventField TagCount = new("TagCount", FieldKind.Count, "Number of tags.", "2")
    {
        Attribute = AttributeNames.Prefix + "image.tag_count",
    };

    public static readonly EventField LabelCount = new("LabelCount", FieldKind.Count, "Number of labels.", "8")
    {
        Attribute = AttributeNames.Prefix + "image.label_count",
    };

    public static readonly EventField PortCount = new("PortCount", FieldKind.Count, "Number of exposed ports set in the project.", "1")
    {
        Attribute = AttributeNames.Prefix + "image.port_count",
    };

    public static readonly EventField EnvironmentVariableCount = new("EnvironmentVariableCount", FieldKind.Count, "Number of environment variables set in the project.", "3")
    {
        Attribute = AttributeNames.Prefix + "image.environment_variable_count",
    };

    public static readonly EventField FeaturesUsed = new("FeaturesUsed", FieldKind.Choices, "The container settings that the user set, by name; never their values.", "ContainerFamily, ContainerRegistry")
    {
        Attribute = AttributeNames.Prefix + "features_used",
        AllowedValues = Features.Names,
    };

    public static readonly EventField Invocation = new("Invocation", FieldKind.Choices, "How the publish was started.", "PublishProfile")
    {
        Attribute = AttributeNames.Prefix + "invocation",
        AllowedValues = Features.InvocationNames,
    };

    public static readonly EventField[] All =
    [
        EventId, PublishId, SchemaVersion, Time, Outcome, Observation, Scope, EndsPublish, PullRegistryProduct, PushRegistryProduct, ImageRuntime, ErrorCode, HttpStatus,
        ExitCode, ExceptionType, Duration, TaskDuration, PullDuration, PushDuration,
        ImageFormat, ImageSize, LayerCount, UploadedBlobCount, TagCount, LabelCount, PortCount, EnvironmentVariableCount, FeaturesUsed, Invocation,
    ];
}
