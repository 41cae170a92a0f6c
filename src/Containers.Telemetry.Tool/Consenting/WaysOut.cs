namespace Containers.Telemetry.Tool.Consenting;

/// <summary>The destinations of events, in the words of the commands.</summary>
internal static class WaysOut
{
    public const string Endpoint = "none, unless a project or OTEL_EXPORTER_OTLP_ENDPOINT names one";

    public const string HowToStop =
        "containers-telemetry disable stops the store and the endpoint, and the SDK then raises its own events; " +
        "so does CONTAINERS_TELEMETRY_OPTOUT=1.";

    /// <param name="isOn">Whether telemetry is on.</param>
    /// <param name="isCliOptedOut">Whether the user has told the .NET CLI to send nothing.</param>
    public static string Sdk(bool isOn, bool isCliOptedOut) =>
        (isOn ? "the .NET CLI gets the SDK's events, without ids and dimensions, and" : "the SDK raises its own events, and the .NET CLI")
        + (isCliOptedOut ? " sends none, by DOTNET_CLI_TELEMETRY_OPTOUT" : " sends them to Microsoft; DOTNET_CLI_TELEMETRY_OPTOUT=1 stops that");
}
