using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Makes reports about the publishes of a fleet.</summary>
public static class FleetReport
{
    /// <summary>Makes a report. ClickHouse counts; docs/fleet.md lists the questions that need rows.</summary>
    public static ReportResult Run(FleetConnection connection, ReportQuery query, DateTimeOffset now) =>
        Report.Of(new FleetPublishes(connection, Report.LayoutOf(query), now), query, now);
}
