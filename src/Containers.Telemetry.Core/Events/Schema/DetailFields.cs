using Containers.Telemetry.Classification;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Events.Schema;

/// <summary>The fields that the user's own sinks get beyond the SDK's data points. Never put into the SDK's channel.</summary>
public static class DetailFields
{
    public static readonly EventField EventId = new("EventId", "log.record.uid", FieldKind.Identifier,
        "Identifies the event, so that one delivered twice is counted once (UUIDv7).", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6071");

    public static readonly EventField PublishId = new("PublishId", AttributeNames.Prefix + "publish.id", FieldKind.Identifier,
        "Joins the events of one publish (UUIDv7).", "019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6070");

    public static readonly EventField SchemaVersion = new("SchemaVersion", AttributeNames.Prefix + "schema_version", FieldKind.Count,
        "The version of this schema.", "2");

    public static readonly EventField Time = new("Time", AttributeNames.Prefix + "time", FieldKind.Timestamp,
        "When the event was raised, UTC.", "2026-11-20T09:30:00.0000000Z");

    public static readonly EventField Outcome = new("Outcome", "cicd.pipeline.task.run.result", FieldKind.Choice,
        "How the publish ended.", "success")
    {
        AttributeValues = ["success", "failure", "cancellation", "unfinished"],
        AllowedValues = ["success", "error", "canceled", "unfinished"],
    };

    public static readonly EventField Scope = new("Scope", AttributeNames.Prefix + "scope", FieldKind.Choice,
        "Whether the event is about one image or about the index over several.", "image")
    { AllowedValues = ["image", "index"] };

    public static readonly EventField Observation = new("Observation", AttributeNames.Prefix + "observation", FieldKind.Choice,
        "How much of the publish was observed: its tasks, or only its beginning and its end, which do not show the kind of an error.", "observed")
    { AllowedValues = ["observed", "bracketed"] };

    public static readonly EventField EndsPublish = new("EndsPublish", AttributeNames.Prefix + "publish.end", FieldKind.Flag,
        "Whether the event ends the whole publish; false for one image of several.", "true");

    public static readonly EventField PullRegistryProduct = new("PullRegistryProduct", AttributeNames.Prefix + "pull.registry_product", FieldKind.Choice,
        "The product or network of the registry that the base image comes from, by its host; only if RemotePullType is Other.", "Quay")
    { AllowedValues = RegistryProductNames.All };

    public static readonly EventField PushRegistryProduct = new("PushRegistryProduct", AttributeNames.Prefix + "push.registry_product", FieldKind.Choice,
        "The product or network of the registry that the image is meant for, by its host; only if RemotePushType is Other.", "JFrog")
    { AllowedValues = RegistryProductNames.All };

    public static readonly EventField ImageRuntime = new("ImageRuntime", AttributeNames.Prefix + "image.runtime_identifier", FieldKind.RuntimeIdentifier,
        "The runtime identifier that this one image is made for.", "linux-x64");

    public static readonly EventField ErrorCode = new("ErrorCode", AttributeNames.Prefix + "error.code", FieldKind.DiagnosticCode,
        "The diagnostic code of the error.", "CONTAINER1013");

    public static readonly EventField HttpStatus = new("HttpStatus", "http.response.status_code", FieldKind.Count,
        "The HTTP status of a registry's refusal.", "403");

    public static readonly EventField ExitCode = new("ExitCode", "process.exit.code", FieldKind.Count,
        "The exit code of the program that failed.", "1");

    public static readonly EventField ExceptionType = new("ExceptionType", "exception.type", FieldKind.Choice,
        "The type of the exception behind the error.", "HttpRequestException")
    { AllowedValues = ExceptionTypes.Names, AttributeValues = ExceptionTypes.FullNames };

    public static readonly EventField Duration = new("Duration", AttributeNames.Prefix + "duration_ms", FieldKind.Count,
        "Time from the start of the container publish to this event; " +
        "for one image of several whose event did not end the publish, from the start of the build of that image.", "812")
    { Unit = "ms" };

    public static readonly EventField TaskDuration = new("TaskDuration", AttributeNames.Prefix + "task.duration_ms", FieldKind.Count,
        "Duration of the SDK's task of this event: the task that chooses the base image, makes one image, or makes the index over several.", "790")
    { Unit = "ms", Since = "0.2.0" };

    public static readonly EventField PullDuration = new("PullDuration", AttributeNames.Prefix + "pull.duration_ms", FieldKind.Count,
        "Time from the start of the SDK's image task until it had read the manifest and the configuration of the base image; " +
        "layers are read during the push. Absent if the runtime's HTTP diagnostics are disabled.", "140")
    {
        Unit = "ms",
        Since = "0.2.0",
    };

    public static readonly EventField PushDuration = new("PushDuration", AttributeNames.Prefix + "push.duration_ms", FieldKind.Count,
        "Time from the first request of the push until the SDK's image task ended or failed. " +
        "Only for an image that is pushed to a registry, and absent if the runtime's HTTP diagnostics are disabled.", "510")
    {
        Unit = "ms",
        Since = "0.2.0",
    };

    public static readonly EventField ImageFormat = new("ImageFormat", AttributeNames.Prefix + "image.format", FieldKind.Choice,
        "The format of the image.", "OCI")
    { AllowedValues = ["OCI", "Docker"] };

    public static readonly EventField ImageSize = new("ImageSize", AttributeNames.Prefix + "image.size", FieldKind.Count,
        "Size of the image: its configuration and its layers as they are stored, " +
        "rounded to a mebibyte or by 1%, since its exact size could identify it.", "91226112")
    { Unit = EventField.Bytes };

    public static readonly EventField LayerCount = new("LayerCount", AttributeNames.Prefix + "image.layer_count", FieldKind.Count,
        "Number of layers.", "6");

    public static readonly EventField UploadedBlobCount = new("UploadedBlobCount", AttributeNames.Prefix + "image.uploaded_blob_count", FieldKind.Count,
        "Number of layers and configurations that were uploaded; 0 if the registry had them all. " +
        "Only for an image that is pushed to a registry, and absent if the runtime's HTTP diagnostics are disabled.", "3");

    public static readonly EventField TagCount = new("TagCount", AttributeNames.Prefix + "image.tag_count", FieldKind.Count,
        "Number of tags.", "2");

    public static readonly EventField LabelCount = new("LabelCount", AttributeNames.Prefix + "image.label_count", FieldKind.Count,
        "Number of labels that the SDK sets in the image's configuration: those of the project, those that the SDK makes, " +
        "and the digest of the base image. Those that the base image brings are not counted. 0 with ContainerGenerateLabels=false.", "9");

    public static readonly EventField PortCount = new("PortCount", AttributeNames.Prefix + "image.port_count", FieldKind.Count,
        "Number of exposed ports set in the project; two of one number and protocol are one.", "1");

    public static readonly EventField EnvironmentVariableCount = new(
        "EnvironmentVariableCount", AttributeNames.Prefix + "image.environment_variable_count", FieldKind.Count,
        "Number of environment variables set in the project.", "3");

    public static readonly EventField FeaturesUsed = new("FeaturesUsed", AttributeNames.Prefix + "features_used", FieldKind.Choices,
        "The container settings that the user set, by name; never their values.", "ContainerFamily, ContainerRegistry")
    { AllowedValues = Features.Names };

    public static readonly EventField Invocation = new("Invocation", AttributeNames.Prefix + "invocation", FieldKind.Choices,
        "How the publish was started.", "PublishProfile")
    { AllowedValues = Features.InvocationNames };

    public static readonly EventField[] All =
    [
        EventId, PublishId, SchemaVersion, Time, Outcome, Observation, Scope, EndsPublish, PullRegistryProduct, PushRegistryProduct,
        ImageRuntime, ErrorCode, HttpStatus,
        ExitCode, ExceptionType, Duration, TaskDuration, PullDuration, PushDuration,
        ImageFormat, ImageSize, LayerCount, UploadedBlobCount, TagCount, LabelCount, PortCount, EnvironmentVariableCount, FeaturesUsed, Invocation,
    ];
}
