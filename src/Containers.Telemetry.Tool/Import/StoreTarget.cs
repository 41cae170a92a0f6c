using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Import;

/// <summary>Appends imported events to a store. An event passes the same checks as a new one.</summary>
internal sealed class StoreTarget : IImportTarget, IDisposable
{
    private const int BatchBytes = 256 << 10;

    private readonly SegmentedLog _store;
    private readonly HashSet<Guid> _ids;
    private readonly MemoryStream _batch = new();
    private readonly MemoryStream _line = new();

    /// <param name="data">The owner of the store. Nothing in the store is deleted for the events.</param>
    /// <param name="clock">The time by which the store names its files.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public StoreTarget(UserData data, TimeProvider clock)
    {
        _store = new SegmentedLog(data.EventsPath, new SegmentedLogLimits { MaxBytes = long.MaxValue / 2, Retention = TimeSpan.FromDays(36500) }, clock);
        _ids = EventIds.Read(data.EventsPath);
    }

    public void Dispose()
    {
        _batch.Dispose();
        _line.Dispose();
    }

    public bool Add(StoredEvent stored)
    {
        if (stored.EventId is { } id && !_ids.Add(id))
        {
            return false;
        }

        _line.SetLength(0);
        OtlpLogLine.Write(_line, stored.Event, ResentEvent.TraceOf(stored), []);
        if (_batch.Length + _line.Length > BatchBytes)
        {
            Flush();
        }

        _line.WriteTo(_batch);
        return true;
    }

    public void Flush()
    {
        if (_batch.Length > 0)
        {
            _store.Append(_batch.GetBuffer().AsSpan(0, (int)_batch.Length));
            _batch.SetLength(0);
        }
    }
}
