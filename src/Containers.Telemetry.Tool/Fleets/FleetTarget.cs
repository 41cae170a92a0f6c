using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Import;

namespace Containers.Telemetry.Tool.Fleets;

/// <summary>Writes imported events into the database of a fleet.</summary>
/// <param name="journal">Records the progress of the import.</param>
/// <param name="say">Prints that the import waits for the server.</param>
internal sealed class FleetTarget(FleetConnection connection, ImportJournal journal, Action<string> say) : IImportTarget
{
    private readonly FleetWriter _writer = new(connection, (delay, cancellationToken) =>
    {
        say(FormattableString.Invariant($"note: {connection.Address.Host} does not accept the events. Trying again in {delay.TotalSeconds:0.##} s."));
        return Task.Delay(delay, cancellationToken);
    }, journal.Kept.UnassembledSince);

    private Batch? _handedOver;
    private long _kept;

    /// <inheritdoc cref="FleetWriter.Incomplete"/>
    public long Incomplete => _writer.Incomplete;

    // The database is not asked whether it has the event already, since a duplicate counts once.
    public bool Add(StoredEvent stored)
    {
        _writer.AddAsync(stored).GetAwaiter().GetResult();
        if (_writer.HandedOver > (_handedOver?.End ?? 0) && stored.EventId is { } eventId)
        {
            KeepWritten();
            _handedOver = new Batch(_writer.HandedOver, new EventKey(stored.PublishId ?? eventId, eventId), journal.Mark());
        }

        return true;
    }

    public void Flush()
    {
    }

    /// <summary>Writes the last batch, and assembles the publishes of all events.</summary>
    /// <exception cref="FleetException">The server rejects it, even after several tries.</exception>
    public void Complete()
    {
        _writer.CompleteAsync().GetAwaiter().GetResult();
        journal.Delete();
    }

    // When a batch is handed over, the server has accepted the batch before it.
    private void KeepWritten()
    {
        if (_handedOver is { } written)
        {
            journal.Keep(written.Mark, written.End - _kept, written.Last, _writer.UnassembledSince);
            _kept = written.End;
        }
    }

    /// <summary>A batch that was handed over.</summary>
    /// <param name="End">Number of events up to its end.</param>
    /// <param name="Mark">How far the files were read.</param>
    private sealed record Batch(long End, EventKey Last, IReadOnlyDictionary<string, FileProgress> Mark);
}
