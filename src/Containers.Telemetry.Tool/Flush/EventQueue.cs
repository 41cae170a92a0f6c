using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>Queues stored events again, all selected ones or none.</summary>
internal sealed class EventQueue(ToolContext context, UserData data, OtlpSettings settings) : IDisposable
{
    // Small, so that a publish that queues its own events need not wait long.
    private const int BatchBytes = 256 << 10;

    // A full outbox drops its oldest records. So the lines are written first, and queued only if they have room.
    private readonly MemoryStream _logs = new();
    private readonly MemoryStream _spans = new();
    private readonly HashSet<Guid> _ids = [];

    public int LogCount { get; private set; }

    public int SpanCount { get; private set; }

    public bool IsEmpty => LogCount + SpanCount == 0;

    public void Dispose()
    {
        _logs.Dispose();
        _spans.Dispose();
    }

    /// <exception cref="ToolException">An outbox has no room for all of them. None is queued then.</exception>
    /// <exception cref="StoreException">The store cannot be read, or the outbox cannot be written.</exception>
    public void Add(IEnumerable<StoredEvent> events)
    {
        Outbox? logs = OutboxOf(settings.Logs);
        Outbox? spans = OutboxOf(settings.Traces);
        long logRoom = RoomIn(logs);
        long spanRoom = RoomIn(spans);
        foreach (StoredEvent stored in events)
        {
            if (stored.EventId is not { } id || _ids.Add(id))
            {
                Write(stored, logs is not null, spans is not null);
                Require(_logs.Length <= logRoom && _spans.Length <= spanRoom);
            }
        }

        LineBatches.Append(_logs, BatchBytes, batch => logs!.Append(batch));
        LineBatches.Append(_spans, BatchBytes, batch => spans!.Append(batch));
    }

    private static void Require(bool hasRoom)
    {
        if (!hasRoom)
        {
            throw ToolException.Failure(
                $"These are more events than an outbox has room for, {HumanFormat.Size(SegmentedLogLimits.DefaultMaxBytes)}. " +
                "Use a later --since, or send the waiting events first: containers-telemetry flush.");
        }
    }

    private static long RoomIn(Outbox? outbox) => SegmentedLogLimits.DefaultMaxBytes - (outbox?.GetStatus().PendingBytes ?? 0);

    private Outbox? OutboxOf(OtlpDestination? destination) => destination is null ? null : new Outbox(data.OutboxPath, destination, time: context.Clock);

    private void Write(StoredEvent stored, bool hasLogs, bool hasSpans)
    {
        if (hasLogs)
        {
            ResentEvent.WriteLog(_logs, stored, settings.ResourceAttributes);
            LogCount++;
        }

        SpanCount += hasSpans ? ResentEvent.WriteSpans(_spans, stored, settings.ResourceAttributes) : 0;
    }
}
