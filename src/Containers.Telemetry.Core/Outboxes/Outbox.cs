using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>
/// The queue of events for one URL, oldest first, in its own folder. Any number of processes append at once; one of them sends at a time. An event
/// leaves the outbox only when the endpoint has accepted it or rejected it permanently, so delivery is at least once; after a crash or a lost answer,
/// a duplicate has the same <c>log.record.uid</c> or span id.
/// </summary>
public sealed class Outbox
{
    /// <summary>The longest time that an event waits.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    // Its time is that of the last warning.
    private const string WarnedFileName = "warned";

    // A drain has little time: a lock held for longer than this means a slow disk.
    private static readonly TimeSpan ShortLockWait = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly string _logFolder;
    private readonly long _maxBytes;
    private readonly OtlpDestination _destination;
    private readonly TimeProvider _time;

    /// <param name="outboxFolder">Full path of the folder of all outboxes.</param>
    /// <param name="maxBytes">The maximum size of its events on the disk; the oldest are dropped and counted.</param>
    public Outbox(
        string outboxFolder,
        OtlpDestination destination,
        long maxBytes = SegmentedLogLimits.DefaultMaxBytes,
        TimeProvider? time = null)
    {
        _folder = Path.Combine(outboxFolder, destination.Folder);
        _logFolder = Path.Combine(_folder, OtlpDestination.NameOf(destination.Signal));
        _maxBytes = maxBytes;
        _destination = destination;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Finds all outboxes, for the tool.</summary>
    /// <param name="outboxFolder">Full path of the folder of all outboxes.</param>
    /// <param name="settings">The current settings. They apply to the outboxes of the URLs that they name.</param>
    /// <returns>The destinations that have one. One is held when its endpoint needs settings that are not known here.</returns>
    /// <exception cref="StoreException">The folder, or one in it, cannot be read.</exception>
    public static IReadOnlyList<OtlpDestination> FindDestinations(string outboxFolder, OtlpSettings? settings) => StoreException.Wrap(() =>
    {
        List<OtlpDestination> found = [];
        foreach (string folder in Directory.Exists(outboxFolder) ? Directory.GetDirectories(outboxFolder) : [])
        {
            if ((Find(settings, Path.GetFileName(folder)) ?? EndpointFile.TryRead(folder)) is { } destination)
            {
                found.Add(destination);
            }
        }

        return found;
    });

    /// <summary>Returns why no event can be queued: another user owns a folder of the outboxes, or may write there; null if none.</summary>
    /// <param name="outboxFolder">Full path of the folder of all outboxes.</param>
    public static StoreException? FindRefusal(string outboxFolder) =>
        OwnerOnlyFolder.FindRefusal(outboxFolder, UserFolder.Outbox, static path => Directory.GetDirectories(path, "*", SearchOption.AllDirectories));

    /// <summary>Appends whole lines: all of them, or none.</summary>
    /// <param name="lines">One request per line, each with its line feed.</param>
    /// <param name="wait">How long to wait for other writers before writing a separate segment; null for the usual time, which is the longest.</param>
    /// <exception cref="StoreException">They could not be written.</exception>
    public void Append(ReadOnlySpan<byte> lines, TimeSpan? wait = null)
    {
        StoreException.Wrap(() =>
        {
            OwnerOnlyFolder.Ensure(_folder, UserFolder.Outbox, UserFolder.Outbox, UserFolder.Store);
            EndpointFile.Write(_folder, _destination);
        });

        TimeSpan longest = new SegmentedLogLimits().LockWait;
        Log(wait is not { } time || time > longest ? longest : time > ShortLockWait ? time : ShortLockWait).Append(lines);
    }

    /// <summary>Sends the waiting events, unless another process is sending them, or it is too early after a failure.</summary>
    /// <param name="budget">The time that all of it may take. After that, the rest waits for the next drain.</param>
    /// <param name="isAskedFor">True when a user requests it: then earlier failures cause no pause.</param>
    /// <param name="progress">Receives the number of lines delivered so far, after each request.</param>
    /// <exception cref="StoreException">The outbox cannot be read or written.</exception>
    public DrainResult Drain(
        OtlpHttpExporter exporter,
        TimeSpan budget,
        CancellationToken cancellationToken,
        bool isAskedFor = false,
        Action<long>? progress = null)
    {
        if (_destination.IsHeld || !Directory.Exists(_logFolder))
        {
            return new DrainResult(_destination.IsHeld ? DrainEnd.Held : DrainEnd.Empty);
        }

        return StoreException.Wrap(() =>
        {
            using FileStream? turn = OutboxState.TryTakeTurn(_folder);
            if (turn is null)
            {
                return new DrainResult(DrainEnd.Busy);
            }

            OutboxState state = OutboxState.Load(_folder);
            if (!isAskedFor && state.WaitsUntil(_time.GetUtcNow()) is { } next)
            {
                return new DrainResult(DrainEnd.Waiting, nextAttempt: next);
            }

            using OutboxDrain drain = new(_destination, exporter, state, Log(ShortLockWait), _logFolder, _time, progress);
            return drain.Run(budget, cancellationToken);
        });
    }

    /// <summary>Pauses the endpoint until a time, after a failure of another outbox with the same server.</summary>
    /// <exception cref="StoreException">The outbox cannot be written.</exception>
    public void Postpone(DateTimeOffset until) => StoreException.Wrap(() =>
    {
        using FileStream? turn = Directory.Exists(_folder) ? OutboxState.TryTakeTurn(_folder) : null;

        // A process that is sending at this moment learns the endpoint's state itself.
        if (turn is not null)
        {
            OutboxState state = OutboxState.Load(_folder);
            state.Postpone(until);
            state.Save();
        }
    });

    /// <summary>Reports, at most once a day, that the endpoint has refused everything for a day or in five publishes. Reads one small file.</summary>
    /// <returns>The last refusal; null when there is nothing to report.</returns>
    /// <exception cref="StoreException">The outbox cannot be read or written.</exception>
    public EndpointAnswer? TakeRefusalToTell() => StoreException.Wrap(() =>
    {
        OutboxState state = OutboxState.Load(_folder);
        return state.IsRefusedForLong(_time.GetUtcNow()) && state.LastAnswer is { Outcome: ExportOutcome.Refused } answer && TakeDay() ? answer : null;
    });

    /// <summary>Reads the state of the outbox, and all of its events. Dropped lines that are being recorded at this moment are missing.</summary>
    /// <exception cref="StoreException">The outbox cannot be read.</exception>
    public OutboxStatus GetStatus()
    {
        if (File.Exists(_logFolder))
        {
            throw new StoreException(StoreFault.NotAFolder);
        }

        OutboxState state = Load();
        long dropped = state.Dropped + Log(ShortLockWait).CountDroppedLines();
        long lines = 0;
        long bytes = 0;
        DateTimeOffset? oldest = null;

        foreach (Segment segment in Segment.List(_logFolder))
        {
            long offset = state.OffsetIn(segment.Name);

            try
            {
                using SegmentReader reader = new(segment.Path, offset);

                while (reader.TryRead(out _))
                {
                    oldest ??= new DateTimeOffset(segment.Begun);
                }

                lines += reader.Lines;
                bytes += reader.Offset - offset;
            }
            catch (StoreException) when (!File.Exists(segment.Path))
            {
                // Sent or dropped since the folder was listed.
            }
        }

        return new OutboxStatus
        {
            PendingLines = lines,
            PendingBytes = bytes,
            OldestSince = oldest,
            Rejected = state.Rejected,
            Dropped = dropped,
            Unreadable = state.Unreadable,
            Failures = state.Failures,
            LastAnswer = state.LastAnswer,
            LastRejection = state.LastRejection,
            NextAttempt = state.WaitsUntil(_time.GetUtcNow()),
        };
    }

    private static OtlpDestination? Find(OtlpSettings? settings, string folder) =>
        settings?.Destinations.FirstOrDefault(destination => destination.Folder == folder);

    private OutboxState Load() => StoreException.Wrap(() => OutboxState.Load(_folder));

    // Two concurrent builds may both report it.
    private bool TakeDay()
    {
        string mark = Path.Combine(_folder, WarnedFileName);
        DateTime now = _time.GetUtcNow().UtcDateTime;
        if (File.Exists(mark) && (now - File.GetLastWriteTimeUtc(mark)).Duration() < TimeSpan.FromDays(1))
        {
            return false;
        }

        OwnerOnlyFile.Open(mark, FileMode.Create, FileShare.ReadWrite).Dispose();
        File.SetLastWriteTimeUtc(mark, now);
        return true;
    }

    private SegmentedLog Log(TimeSpan lockWait) =>
        new(_logFolder, new SegmentedLogLimits { MaxBytes = _maxBytes, Retention = Retention, LockWait = lockWait }, _time, UserFolder.Outbox);
}
