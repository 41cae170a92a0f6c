namespace Containers.Telemetry.Consent;

/// <summary>How events leave a build, in the words of the commands that ask or tell about it.</summary>
public static class WaysOut
{
    public const string Endpoint = "none, unless a project or OTEL_EXPORTER_OTLP_ENDPOINT names one";

    public const string Sdk = "the .NET CLI gets what the SDK itself would tell it, without ids and dimensions, and sends it to Microsoft unless DOTNET_CLI_TELEMETRY_OPTOUT is 1";

    public const string HowToStop = "containers-telemetry disable stops the store and the endpoint, and the SDK then reports by itself; so does CONTAINERS_TELEMETRY_OPTOUT=1.";
}
