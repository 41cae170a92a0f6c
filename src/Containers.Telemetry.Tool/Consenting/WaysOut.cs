namespace Containers.Telemetry.Tool.Consenting;

/// <summary>The destinations of events, in the words of the commands.</summary>
internal static class WaysOut
{
    public const string Endpoint = "none, unless a project or OTEL_EXPORTER_OTLP_ENDPOINT names one";

    public const string Sdk =
        "the .NET CLI gets the SDK's events, without ids and dimensions, " +
        "and sends them to Microsoft unless DOTNET_CLI_TELEMETRY_OPTOUT is 1";

    public const string HowToStop =
        "containers-telemetry disable stops the store and the endpoint, and the SDK then raises its own events; " +
        "so does CONTAINERS_TELEMETRY_OPTOUT=1.";
}
