namespace Containers.Telemetry.OfficialExporterTask;

/// <summary>The attributes that the package sends about a publish with a base image of the project, with typical values.</summary>
internal static class PublishAttributes
{
    private static readonly string[] RuntimeIdentifiers = ["linux-x64"];
    private static readonly string[] FeaturesUsed = ["ContainerBaseImage", "ContainerRegistry", "ContainerRepository"];
    private static readonly string[] Invocation = ["Target"];

    /// <summary>The attributes of the machine and of the build.</summary>
    public static KeyValuePair<string, object>[] Resource { get; } =
    [
        new("service.name", "Containers.Telemetry"),
        new("service.version", "0.1.0"),
        new("containers_telemetry.sdk.version", "10.0.401"),
        new("containers_telemetry.msbuild.version", "18.9.11"),
        new("containers_telemetry.msbuild.host", "DotnetCli"),
        new("containers_telemetry.msbuild.node_mode", "InProcess"),
        new("os.type", "linux"),
        new("containers_telemetry.os.release", "6.18"),
        new("os.name", "Debian"),
        new("os.version", "12"),
        new("host.arch", "amd64"),
        new("containers_telemetry.wsl", false),
        new("container.runtime.name", "docker"),
        new("containers_telemetry.ci.provider", "None"),
        new("containers_telemetry.agent", "None"),
    ];

    /// <summary>The choice of the base image.</summary>
    public static KeyValuePair<string, object?>[] Inference { get; } =
    [
        new("containers_telemetry.base_image.inferred", false),
        new("containers_telemetry.target_framework", "net10.0"),
        new("containers_telemetry.project_type", "Console"),
        new("containers_telemetry.publish_mode", "FrameworkDependent"),
        new("containers_telemetry.globalization_invariant", false),
        new("containers_telemetry.target_runtime_identifiers", RuntimeIdentifiers),
        .. EveryEvent("01a1fc54-4786-76df-8fa1-e74cabd0160d", 14),
    ];

    /// <summary>The outcome of the publish.</summary>
    public static KeyValuePair<string, object?>[] Outcome { get; } =
    [
        new("containers_telemetry.pull.remote_kind", "Other"),
        new("containers_telemetry.push.remote_kind", "Other"),
        new("cicd.pipeline.task.run.result", "success"),
        new("containers_telemetry.scope", "image"),
        new("containers_telemetry.image.runtime_identifier", "linux-x64"),
        new("containers_telemetry.image.tag_count", 1L),
        new("containers_telemetry.image.label_count", 7L),
        new("containers_telemetry.image.port_count", 0L),
        new("containers_telemetry.image.environment_variable_count", 0L),
        new("containers_telemetry.image.format", "OCI"),
        new("containers_telemetry.image.size", 9823L),
        new("containers_telemetry.image.layer_count", 2L),
        new("containers_telemetry.publish.end", true),
        .. EveryEvent("01a1fc54-4ac0-7a84-a6f2-43941f03716c", 841),
    ];

    private static KeyValuePair<string, object?>[] EveryEvent(string id, long duration) =>
    [
        new("log.record.uid", id),
        new("containers_telemetry.publish.id", "01a1fc54-4777-7cfb-978b-582acdfbd230"),
        new("containers_telemetry.duration_ms", duration),
        new("containers_telemetry.features_used", FeaturesUsed),
        new("containers_telemetry.invocation", Invocation),
        new("enduser.pseudo.id", "8a36cdf3-d47d-47b1-be08-85784d2fd1a8"),
        new("containers_telemetry.project.id", "54e7f52fe22654b36e074b443de2d871"),
    ];
}
