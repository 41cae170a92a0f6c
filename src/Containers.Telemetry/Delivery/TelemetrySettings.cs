namespace Containers.Telemetry.Delivery;

/// <summary>A project's settings of telemetry, as the targets pass them: the user's texts, not yet parsed.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Show events instead of raising, storing and sending them.</summary>
    public bool Preview { get; init; }

    /// <summary>Full path of the store; empty to use the variable or the default.</summary>
    public string Store { get; init; } = "";

    /// <summary>Size of the store in MiB; empty for the default.</summary>
    public string StoreSizeLimit { get; init; } = "";

    /// <summary>Age in days at which events are deleted; empty for the default.</summary>
    public string StoreRetention { get; init; } = "";

    /// <summary>The OTLP endpoint; empty to use the standard variables. May contain credentials.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The protocol of that endpoint; empty for the default.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Whether metrics are sent: true or false; empty to use the standard variable.</summary>
    public string Metrics { get; init; } = "";

    /// <summary>Whether an endpoint on another machine may be used without TLS.</summary>
    public string AllowInsecureEndpoint { get; init; } = "";

    /// <summary>Time in milliseconds that a publish may wait for the export; empty for the default.</summary>
    public string ExportBudget { get; init; } = "";

    /// <summary>An organization's secret for the ids of its projects; empty for the user's random key.</summary>
    public string ProjectKey { get; init; } = "";

    /// <summary>Full path of the project; null when it is not known.</summary>
    public string? ProjectFile { get; init; }

    /// <summary>Names and values of the organization's dimensions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; init; } = [];

    public string? SdkVersion { get; init; }

    public string? MSBuildVersion { get; init; }

    public bool BuildingInsideVisualStudio { get; init; }
}
