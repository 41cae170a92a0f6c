using Containers.Telemetry.Classification;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Events.Schema;

/// <summary>How a publish ended: the data points of the SDK's success and error events.</summary>
public static class OutcomeFields
{
    public static readonly EventField RemotePullType = new("RemotePullType", AttributeNames.Prefix + "pull.remote_kind", FieldKind.Choice,
        "The kind of registry that the base image comes from.", "MCR")
    { SdkKey = "RemotePullType", AllowedValues = RegistryKindNames.All };

    public static readonly EventField LocalPullType = new("LocalPullType", AttributeNames.Prefix + "pull.local_kind", FieldKind.Choice,
        "The local source that the base image comes from.", "Docker")
    { SdkKey = "LocalPullType", SdkValues = LocalKindNames.InSdkTelemetry, AllowedValues = LocalKindNames.All };

    public static readonly EventField RemotePushType = new("RemotePushType", AttributeNames.Prefix + "push.remote_kind", FieldKind.Choice,
        "The kind of registry that the image is meant for.", "Azure")
    { SdkKey = "RemotePushType", AllowedValues = RegistryKindNames.All };

    public static readonly EventField LocalPushType = new("LocalPushType", AttributeNames.Prefix + "push.local_kind", FieldKind.Choice,
        "The local place that the image is meant for.", "Tarball")
    { SdkKey = "LocalPushType", SdkValues = LocalKindNames.InSdkTelemetry, AllowedValues = LocalKindNames.All };

    public static readonly EventField Error = new("Error", "error.type", FieldKind.Choice,
        "Why the publish failed.", "credential_failure")
    { SdkKey = "error", AllowedValues = ErrorKinds.Names };

    public static readonly EventField Direction = new("Direction", AttributeNames.Prefix + "error.direction", FieldKind.Choice,
        "Whether the error was in the transfer from the base image's registry or to the destination; absent for an invalid setting.", "push")
    { SdkKey = "direction", AllowedValues = ["pull", "push"] };

    public static readonly EventField TargetRid = new("TargetRid", AttributeNames.Prefix + "error.target_runtime_identifier", FieldKind.RuntimeIdentifier,
        "The runtime identifier that the base image was asked for, with a rid_mismatch.", "linux-s390x")
    { SdkKey = "target_rid" };

    public static readonly EventField AvailableRids = new(
        "AvailableRids", AttributeNames.Prefix + "error.available_runtime_identifiers", FieldKind.RuntimeIdentifiers,
        "The runtime identifiers that the base image offers, with a rid_mismatch.", "linux-x64, linux-arm64")
    { SdkKey = "available_rids", SdkSeparator = ',' };

    public static readonly EventField[] All =
        [RemotePullType, LocalPullType, RemotePushType, LocalPushType, Error, Direction, TargetRid, AvailableRids];
}
