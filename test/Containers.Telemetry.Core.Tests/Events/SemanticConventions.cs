namespace Containers.Telemetry.Events;

/// <summary>The attributes of the OpenTelemetry semantic conventions that events use. A test compares the list with the official package.</summary>
internal static class SemanticConventions
{
    public static readonly HashSet<string> Names =
    [
        "cicd.pipeline.task.name",
        "cicd.pipeline.task.run.id",
        "cicd.pipeline.task.run.result",
        "cicd.pipeline.task.type",
        "container.runtime.name",
        "enduser.pseudo.id",
        "error.type",
        "exception.type",
        "geo.country.iso_code",
        "host.arch",
        "http.response.status_code",
        "log.record.uid",
        "os.name",
        "os.type",
        "os.version",
        "process.exit.code",
        "service.instance.id",
        "service.name",
        "service.version",
        "telemetry.sdk.language",
        "telemetry.sdk.name",
        "telemetry.sdk.version",
    ];
}
