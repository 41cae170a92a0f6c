using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Datasets;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Makes a dataset of a quarter of a fleet that can be given away. See docs/dataset.md.</summary>
public static class FleetDataset
{
    /// <summary>Makes it. ClickHouse counts the publishes of each user that are alike; they travel, and are not kept.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="secret">The secret of the store: it fixes the noise.</param>
    /// <param name="quarter">The quarter.</param>
    /// <param name="isUnfinished">Whether the quarter has not ended.</param>
    /// <param name="budget">A valid budget.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static DatasetDraft Make(FleetConnection connection, byte[] secret, Quarter quarter, bool isUnfinished, PrivacyBudget budget) =>
        new DatasetMaker(secret).Make(new FleetDatasetSource(connection, quarter), quarter, isUnfinished, budget);
}
