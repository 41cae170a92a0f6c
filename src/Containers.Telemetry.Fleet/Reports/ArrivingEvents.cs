using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Events as they arrive, each once.</summary>
public sealed class ArrivingEvents(FleetConnection connection)
{
    private readonly FleetArrivals _arrivals = new(connection, static key => key.EventId, condition: "1");

    /// <summary>Returns the present events; later calls return new ones.</summary>
    public IReadOnlyList<StoredEvent> Begin(Func<IReadOnlyList<StoredEvent>> present)
    {
        _arrivals.SkipPresent();
        IReadOnlyList<StoredEvent> events = present();
        _arrivals.Skip(events.Select(static stored => stored.EventId).OfType<Guid>());
        return events;
    }

    /// <summary>Returns the events that have arrived since the last call, by their time.</summary>
    public IReadOnlyList<StoredEvent> Next() => _arrivals.Next(keys => (IReadOnlyList<StoredEvent>)
    [
        .. keys.Chunk(ArrivedKey.Most).SelectMany(some => FleetEvents.Read(connection, ArrivedKey.IsOfEvents(some))),
    ]);
}
