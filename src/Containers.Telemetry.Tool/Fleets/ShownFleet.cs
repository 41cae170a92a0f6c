using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Show;

namespace Containers.Telemetry.Tool.Fleets;

internal sealed class ShownFleet(ToolContext context, FleetConnection connection) : IShownPublishes
{
    public string Name => "the database";

    public IEnumerable<StoredEvent> EventsOf(string digits) => FleetEvents.OfPublishes(connection, digits);

    public PublishList List(ListQuery query) => FleetList.Read(connection, query, context.Clock.GetUtcNow());

    /// <summary>Finds the unfinished publishes among some.</summary>
    public UnfinishedPublishes Unfinished(IReadOnlySet<Guid> among) => new(FleetEvents.Unfinished(connection, among, context.Clock.GetUtcNow()));

    /// <summary>Returns the events that match a query, by their time.</summary>
    public IReadOnlyList<StoredEvent> Select(EventQuery query) =>
        FleetEvents.Select(connection, query.Since, query.Outcome, query.Last, context.Clock.GetUtcNow());
}
