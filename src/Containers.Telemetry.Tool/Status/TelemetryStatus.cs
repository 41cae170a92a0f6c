using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Status;

/// <summary>The status of this machine, as far as it does not depend on a project.</summary>
internal sealed class TelemetryStatus
{
    public required ConsentRule Rule { get; init; }

    public required ConsentChoice Choice { get; init; }

    /// <summary>Whether the user has told the .NET CLI to send nothing.</summary>
    public required bool IsCliOptedOut { get; init; }

    /// <summary>Full path of the store; null where there is none.</summary>
    public required string? StorePath { get; init; }

    /// <summary>The content of the store; null where it cannot be read.</summary>
    public required StoreSummary? Store { get; init; }

    /// <summary>Why the store cannot be read or written; null if it can.</summary>
    public string? StoreFault { get; init; }

    /// <summary>The remedy; null if none is known.</summary>
    public string? StoreRemedy { get; init; }

    /// <summary>The endpoints; null for none.</summary>
    public required OtlpSettings? Endpoints { get; init; }

    public required List<DestinationStatus> Outboxes { get; init; }

    /// <summary>Whether the store and all outboxes can be read and written.</summary>
    public bool IsComplete => StoreFault is null && Outboxes.TrueForAll(static destination => destination.Fault is null);

    /// <summary>The anonymous id and the day of its replacement (UTC); null before the first event.</summary>
    public required (string Id, DateTime ReplacedOn)? AnonymousId { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<SdkStatus> Sdks { get; init; }

    /// <summary>Settings that cannot be used.</summary>
    public required IReadOnlyList<SettingProblem> Problems { get; init; }
}

/// <param name="HasContainers">Whether it can publish containers.</param>
/// <param name="Obstacle">Why its publishes are not observed, as a clause; null when they are observed.</param>
internal sealed record SdkStatus(string Version, bool HasContainers, string? Obstacle);

/// <param name="Destination">The endpoint; null if the endpoints cannot be read.</param>
/// <param name="Outbox">Its status; null if it cannot be read.</param>
/// <param name="Fault">Why it cannot be read, or null.</param>
internal sealed record DestinationStatus(OtlpDestination? Destination, OutboxStatus? Outbox, string? Fault);
