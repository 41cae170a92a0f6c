namespace Containers.Telemetry.Delivery;

/// <summary>A project's settings of telemetry, as the targets pass them: the user's texts, not yet parsed.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Show events instead of raising, storing and sending them.</summary>
    public bool Preview { get; init; }

    /// <summary>Full path of the store; empty for the variable's or the user's own.</summary>
    public string Store { get; init; } = "";

    /// <summary>Size of the store in MiB; empty for the default.</summary>
    public string StoreSizeLimit { get; init; } = "";

    /// <summary>Age in days at which events are deleted; empty for the default.</summary>
    public string StoreRetention { get; init; } = "";

    /// <summary>Where events are sent to by OTLP; empty to go by the standard variables. May hold credentials.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The protocol of that endpoint; empty for the default.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Whether metrics are sent: true or false; empty to go by the standard variable.</summary>
    public string Metrics { get; init; } = "";

    /// <summary>Whether an endpoint of another machine may be spoken to without TLS.</summary>
    public string AllowInsecureEndpoint { get; init; } = "";

    /// <summary>Time in milliseconds that a publish may wait for the export; empty for the default.</summary>
    public string ExportBudget { get; init; } = "";

    /// <summary>An organization's secret for the ids of its projects; empty for a random key of the user's.</summary>
    public string ProjectKey { get; init; } = "";

    /// <summary>Full path of the project; null when it is not known.</summary>
    public string? ProjectFile { get; init; }

    /// <summary>Names and values of the organization's dimensions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; init; } = [];

    public string? SdkVersion { get; init; }

    public string? MSBuildVersion { get; init; }

    public bool BuildingInsideVisualStudio { get; init; }
}
