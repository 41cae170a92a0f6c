namespace Containers.Telemetry.Consent;

/// <summary>All that consent depends on. A setting that is not set is null or empty.</summary>
public sealed record ConsentInputs
{
    /// <summary>Value of the property <c>ContainersTelemetry</c>.</summary>
    public string? Property { get; init; }

    /// <summary>Value of the variable <c>CONTAINERS_TELEMETRY_OPTOUT</c>.</summary>
    public string? OptOutVariable { get; init; }

    /// <summary>What the user has stored.</summary>
    public ConsentChoice StoredChoice { get; init; }

    /// <summary>Value of the variable <c>DOTNET_CLI_TELEMETRY_OPTOUT</c>.</summary>
    public string? CliOptOutVariable { get; init; }

    /// <summary>Value of the variable <c>DO_NOT_TRACK</c>.</summary>
    public string? DoNotTrackVariable { get; init; }

    /// <summary>Value of the property <c>ContainersTelemetryConsent</c>.</summary>
    public string? ConsentProperty { get; init; }

    internal string? TextOf(ConsentSource source) => source switch
    {
        ConsentSource.Property => Property,
        ConsentSource.OptOutVariable => OptOutVariable,
        ConsentSource.StoredChoice => StoredConsent.TextOf(StoredChoice),
        ConsentSource.CliOptOutVariable => CliOptOutVariable,
        ConsentSource.DoNotTrackVariable => DoNotTrackVariable,
        ConsentSource.ConsentProperty => ConsentProperty,
        _ => null,
    };
}
