using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Listing;

/// <summary>Which publishes to list, and what to say of each.</summary>
public sealed record ListQuery
{
    /// <summary>The first moment; null for the first publish there is.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The moment before which they ended; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which publishes; null for all.</summary>
    public Filter? Where { get; init; }

    /// <summary>How they ended: one of <see cref="PublishEntry.Outcome"/>; null for any.</summary>
    public string? Outcome { get; init; }

    /// <summary>The most publishes, the latest of them; null for all.</summary>
    public int? Last { get; init; }

    /// <summary>Looks only at so many publishes at the end of the store; null to look at as many as the other conditions need.</summary>
    public int? Within { get; init; }

    /// <summary>The fields to read.</summary>
    public required IReadOnlyList<ReportField> Fields { get; init; }

    /// <summary>Whether the end of the store answers it, which takes no time that a progress bar could show.</summary>
    public bool ReadsEndAlone => Enough is not null;

    /// <summary>How many publishes at the end of the store are enough, so that the rest is not read; null to read all.</summary>
    internal int? Enough => Within ?? (Since is null && Until is null && Where is null && Outcome is null ? Last : null);
}
