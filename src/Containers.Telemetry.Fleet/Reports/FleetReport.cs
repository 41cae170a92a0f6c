using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Makes reports about the publishes of a fleet.</summary>
public static class FleetReport
{
    /// <summary>Makes a report. ClickHouse counts; docs/fleet.md lists the questions that need rows.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="query">Sections, period, groups and filters.</param>
    /// <param name="now">The moment of the report.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static ReportResult Run(FleetConnection connection, ReportQuery query, DateTimeOffset now) =>
        Report.Of(new FleetPublishes(connection, Report.LayoutOf(query), now), query, now);
}
