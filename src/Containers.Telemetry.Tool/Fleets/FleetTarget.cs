using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Import;

namespace Containers.Telemetry.Tool.Fleets;

/// <summary>Writes imported events into the database of a fleet.</summary>
/// <param name="connection">The database.</param>
/// <param name="journal">Keeps how far the import has come.</param>
/// <param name="say">Says that the server is waited for.</param>
internal sealed class FleetTarget(FleetConnection connection, ImportJournal journal, Action<string> say) : IImportTarget
{
    private readonly FleetWriter _writer = new(connection, (delay, cancellationToken) =>
    {
        say(FormattableString.Invariant($"note: {connection.Address.Host} does not take the events. Trying again in {delay.TotalSeconds:0.##} s."));
        return Task.Delay(delay, cancellationToken);
    })
    {
        UnassembledSince = journal.Kept.UnassembledSince,
    };

    private long _kept;

    /// <inheritdoc cref="FleetWriter.Incomplete"/>
    public long Incomplete => _writer.Incomplete;

    // Whether the database has it already is not asked: an event that comes twice counts once.
    public bool Add(StoredEvent stored)
    {
        _writer.AddAsync(stored).GetAwaiter().GetResult();
        if (_writer.Written > _kept && stored.EventId is { } eventId)
        {
            journal.Keep(_writer.Written - _kept, new EventKey(stored.PublishId ?? eventId, eventId), _writer.UnassembledSince);
            _kept = _writer.Written;
        }

        return true;
    }

    public void Flush()
    {
    }

    /// <summary>Writes what waits, and makes publishes of all.</summary>
    /// <exception cref="FleetException">The server does not take it, even after several tries.</exception>
    public void Complete()
    {
        _writer.CompleteAsync().GetAwaiter().GetResult();
        journal.Delete();
    }

    public void Dispose()
    {
    }
}
