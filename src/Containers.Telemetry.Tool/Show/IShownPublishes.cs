using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Where the story of a publish is found: in a store, or in the database of a fleet.</summary>
internal interface IShownPublishes
{
    /// <summary>What to call it in a message.</summary>
    string Name { get; }

    /// <summary>Returns the events of the publishes whose ids end in some digits, each once.</summary>
    /// <param name="digits">Lower-case hexadecimal digits without dashes, at most 32.</param>
    IEnumerable<StoredEvent> EventsOf(string digits);

    /// <summary>Lists publishes.</summary>
    PublishList List(ListQuery query);
}
