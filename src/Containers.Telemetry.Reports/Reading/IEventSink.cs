using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Takes the records of a line.</summary>
internal interface IEventSink
{
    /// <summary>Takes a record; its content is good until the call returns.</summary>
    /// <param name="record">The record.</param>
    /// <param name="minReaderVersion">The lowest version of a reader that understands it; 0 when it does not say.</param>
    void Take(EventRecord record, int minReaderVersion);
}
