using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

/// <summary>The publishes that <c>show</c> reads: of a store, or of the database of a fleet.</summary>
internal interface IShownPublishes
{
    string Name { get; }

    /// <summary>Returns the events of the publishes whose ids end in some digits, each once.</summary>
    /// <param name="digits">Lower-case hexadecimal digits without dashes, at most 32.</param>
    IEnumerable<StoredEvent> EventsOf(string digits);

    PublishList List(ListQuery query);
}
