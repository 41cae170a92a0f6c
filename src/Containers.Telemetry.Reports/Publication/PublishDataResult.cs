using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Publication;

/// <summary>An aggregate that can be given away, and what is not in it.</summary>
public sealed record PublishDataResult
{
    /// <summary>The quarter.</summary>
    public required Quarter Quarter { get; init; }

    /// <summary>The least number of distinct users of a row.</summary>
    public required int Threshold { get; init; }

    /// <summary>The rows; to be written with <see cref="Rendering.TsvRenderer"/>.</summary>
    public required ReportTable Table { get; init; }

    /// <summary>Number of publishes of the quarter.</summary>
    public required long Publishes { get; init; }

    /// <summary>Number of publishes that are in rows less exact than they were, because too few users were like them.</summary>
    public required long Merged { get; init; }

    /// <summary>Number of publishes that are in no row.</summary>
    public required long Withheld { get; init; }

    /// <summary>What was read, and what could not be.</summary>
    public required ReadingStatistics Reading { get; init; }
}
