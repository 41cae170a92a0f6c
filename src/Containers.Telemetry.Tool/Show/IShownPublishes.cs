using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

/// <summary>The publishes that <c>show</c> reads: of a store, or of the database of a fleet.</summary>
internal interface IShownPublishes
{
    /// <summary>Its name in messages.</summary>
    string Name { get; }

    /// <summary>Returns the events of the publishes whose ids end in some digits, each once.</summary>
    /// <param name="digits">Lower-case hexadecimal digits without dashes, at most 32.</param>
    IEnumerable<StoredEvent> EventsOf(string digits);

    /// <summary>Lists publishes.</summary>
    PublishList List(ListQuery query);
}
