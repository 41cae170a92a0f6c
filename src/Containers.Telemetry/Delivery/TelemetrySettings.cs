namespace Containers.Telemetry.Delivery;

/// <summary>
/// A project's settings of telemetry: the parameters of the task <c>ConfigureContainerTelemetry</c>, which has their meaning. Texts are the user's, not
/// yet parsed.
/// </summary>
internal sealed record TelemetrySettings
{
    public bool Preview { get; init; }

    public string Store { get; init; } = "";

    public string StoreSizeLimit { get; init; } = "";

    public string StoreRetention { get; init; } = "";

    public string Endpoint { get; init; } = "";

    public string Protocol { get; init; } = "";

    public string Metrics { get; init; } = "";

    public string AllowInsecureEndpoint { get; init; } = "";

    public string ExportBudget { get; init; } = "";

    public string ProjectKey { get; init; } = "";

    /// <summary>Null when it is not known.</summary>
    public string? ProjectFile { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; init; } = [];

    public string? SdkVersion { get; init; }

    public string? MSBuildVersion { get; init; }

    public bool BuildingInsideVisualStudio { get; init; }
}
