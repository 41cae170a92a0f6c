using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>A new dataset, with exact figures for the owner of the store only.</summary>
public sealed record DatasetDraft
{
    public required DatasetRelease Release { get; init; }

    /// <summary>The number of publishes in rows that are not generalised.</summary>
    public required long AsTheyAre { get; init; }

    /// <summary>The number of publishes in rows that are generalised.</summary>
    public required long Generalized { get; init; }

    /// <summary>The number of publishes that are in no row.</summary>
    public required long Withheld { get; init; }

    /// <summary>The number of publishes without an anonymous user id. They are in no row.</summary>
    public required long WithoutUser { get; init; }

    /// <summary>Counts of the lines and files that were read, and of the ones that could not be.</summary>
    public required ReadingStatistics Reading { get; init; }

    /// <summary>The released rows with their counts before noise. Confidential.</summary>
    internal IReadOnlyList<NoisyRow> Rows { get; init; } = [];
}
