using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Status;

/// <summary>How things are on this machine, as far as they can be told without a project.</summary>
internal sealed class TelemetryStatus
{
    /// <summary>The rule that decides about consent.</summary>
    public required ConsentRule Rule { get; init; }

    /// <summary>The stored choice of the user.</summary>
    public required ConsentChoice Choice { get; init; }

    /// <summary>Full path of the store; null where there is none.</summary>
    public required string? StorePath { get; init; }

    /// <summary>The content of the store; null where it cannot be read.</summary>
    public required StoreSummary? Store { get; init; }

    /// <summary>Why the store cannot be read, or why no event is stored; null for neither.</summary>
    public string? StoreFault { get; init; }

    /// <summary>What to do about it; null where nothing special is known.</summary>
    public string? StoreRemedy { get; init; }

    /// <summary>Where events are sent; null for nowhere.</summary>
    public required OtlpSettings? Endpoints { get; init; }

    public required IReadOnlyList<DestinationStatus> Outboxes { get; init; }

    /// <summary>Whether the store and all outboxes could be read, and take events.</summary>
    public bool IsComplete
    {
        get
        {
            if (StoreFault is not null)
            {
                return false;
            }

            // No query: this runs each time, and what is not loaded costs nothing.
            foreach (DestinationStatus destination in Outboxes)
            {
                if (destination.Fault is not null)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The anonymous id and the day on which another takes its place (UTC); null before the first event.</summary>
    public required (string Id, DateTime ReplacedOn)? AnonymousId { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<SdkStatus> Sdks { get; init; }

    /// <summary>Settings that cannot be used.</summary>
    public required IReadOnlyList<SettingProblem> Problems { get; init; }
}
