using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Datasets;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Makes a shareable dataset of a quarter of a fleet. See docs/dataset.md.</summary>
public static class FleetDataset
{
    /// <summary>Makes it. ClickHouse counts the equal publishes of each user; they are streamed, and not kept.</summary>
    /// <param name="secret">The secret of the store, which determines the noise.</param>
    /// <param name="isUnfinished">Whether the quarter has not ended.</param>
    /// <param name="budget">A valid budget.</param>
    public static DatasetDraft Make(FleetConnection connection, byte[] secret, Quarter quarter, bool isUnfinished, PrivacyBudget budget) =>
        new DatasetMaker(secret).Make(new FleetDatasetSource(connection, quarter), quarter, isUnfinished, budget);
}
