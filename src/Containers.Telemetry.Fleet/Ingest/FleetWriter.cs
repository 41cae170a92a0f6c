using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Ingest;

/// <summary>
/// Writes events into the table of events in batches, and assembles their publishes. The next batch is filled while the server receives one. A failed
/// batch is retried for a while; a duplicate event counts once. Do not use it after an exception.
/// </summary>
/// <param name="delay">Waits between tries.</param>
/// <param name="unassembledSince">The <see cref="UnassembledSince"/> of an interrupted import; null for a new one.</param>
public sealed class FleetWriter(FleetConnection connection, Func<TimeSpan, CancellationToken, Task> delay, long? unassembledSince = null)
{
    /// <summary>Events of a batch.</summary>
    public const int BatchSize = 50_000;

    private const int BatchesOfAssembly = 4;
    private const int LongestRetries = 8;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private NativeBlock _filling = new(EventRow.Columns);
    private NativeBlock _handedOver = new(EventRow.Columns);
    private Task _writing = Task.CompletedTask;
    private int _batches;
    private long? _unassembledSince = unassembledSince;

    /// <summary>Number of events in the batches that the server has accepted or is receiving.</summary>
    public long HandedOver { get; private set; }

    /// <summary>Number of events that the server is known to have accepted: it grows when the next batch is handed over, and at the end.</summary>
    public long Written { get; private set; }

    /// <summary>
    /// The time from which on events of <see cref="Written"/> may not be assembled yet, by the clock of ClickHouse: Unix seconds. Null before the
    /// first batch.
    /// </summary>
    public long? UnassembledSince { get; private set; } = unassembledSince;

    /// <summary>Number of events without an identifier or a time, whose duplicates could not be recognized.</summary>
    public long Incomplete { get; private set; }

    /// <summary>Adds an event; hands over a batch when it is full.</summary>
    /// <exception cref="FleetException">The server rejects the previous batch, even after several tries.</exception>
    public async Task AddAsync(StoredEvent stored, CancellationToken cancellationToken = default)
    {
        if (EventRow.Of(stored) is not { } row)
        {
            Incomplete++;
            return;
        }

        _filling.Add(row);
        if (_filling.Count >= BatchSize)
        {
            await HandOverAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the last batch, and assembles the publishes.</summary>
    /// <exception cref="FleetException">The server rejects it, even after several tries.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        await HandOverAsync(cancellationToken).ConfigureAwait(false);
        await WaitAsync().ConfigureAwait(false);
        await AssembleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the table of events has an event.</summary>
    public static async Task<bool> HasAsync(FleetConnection connection, Guid publishId, Guid eventId, CancellationToken cancellationToken = default)
    {
        string sql = $"SELECT toInt64(count()) FROM {FleetSchema.Events.In(connection.Address.Database)} WHERE {EventRow.IsIn(publishId, eventId)}";
        return (long)(await connection.QueryAsync(sql, cancellationToken).ConfigureAwait(false))[0][0]! > 0;
    }

    /// <summary>Assembles the publishes with an event that arrived at a moment or later.</summary>
    public static Task AssembleSinceAsync(FleetConnection connection, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        connection.ExecuteAsync(PublishAssembly.InsertSince(connection.Address.Database, Math.Max(0, since.ToUnixTimeSeconds())), cancellationToken);

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        await WaitAsync().ConfigureAwait(false);
        if (_filling.Count > 0)
        {
            (_filling, _handedOver) = (_handedOver, _filling);
            HandedOver += _handedOver.Count;
            _writing = WriteAsync(_handedOver, cancellationToken);
        }
    }

    private async Task WaitAsync()
    {
        await _writing.ConfigureAwait(false);
        Written = HandedOver;
        UnassembledSince = _unassembledSince;
    }

    private async Task WriteAsync(NativeBlock batch, CancellationToken cancellationToken)
    {
        _unassembledSince ??= await NowAsync(cancellationToken).ConfigureAwait(false);
        byte[] bytes = batch.ToArray();
        await RetryAsync(
            () => connection.InsertAsync(FleetSchema.Events.In(connection.Address.Database), batch.FilledColumns, bytes, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        batch.Clear();
        if (++_batches % BatchesOfAssembly == 0)
        {
            await AssembleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AssembleAsync(CancellationToken cancellationToken)
    {
        if (_unassembledSince is { } since)
        {
            long until = await NowAsync(cancellationToken).ConfigureAwait(false);
            string sql = PublishAssembly.InsertSince(connection.Address.Database, since);
            await RetryAsync(() => connection.ExecuteAsync(sql, cancellationToken), cancellationToken).ConfigureAwait(false);
            _unassembledSince = until;
        }
    }

    private async Task<long> NowAsync(CancellationToken cancellationToken)
    {
        long now = 0;
        await RetryAsync(
            async () => now = (long)(await connection.QueryAsync(SqlText.UnixNow, cancellationToken).ConfigureAwait(false))[0][0]!,
            cancellationToken).ConfigureAwait(false);
        return now;
    }

    private async Task RetryAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await action().ConfigureAwait(false);
                return;
            }
            catch (FleetException e) when (e.Problem is FleetProblem.Unreachable or FleetProblem.MissingShard && tries < LongestRetries)
            {
                await delay(FirstDelay * (1 << (tries - 1)), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
