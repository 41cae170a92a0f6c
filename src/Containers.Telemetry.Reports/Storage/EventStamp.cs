using System.Runtime.InteropServices;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The order of the events of a publish: by time, then by id.</summary>
/// <param name="Time">The time of the event: <see cref="DateTime.Ticks"/>, UTC.</param>
/// <param name="EventId">Its id; none for no event.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(long))]
internal readonly record struct EventStamp(long Time, Identifier EventId)
{
    public bool IsNone => EventId.IsNone;

    /// <summary>Whether the event comes before another one. No event precedes any event.</summary>
    public bool IsBefore(EventStamp other) => !IsNone && (Time != other.Time ? Time < other.Time : EventId.CompareTo(other.EventId) < 0);
}
