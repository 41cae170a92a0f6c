using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>
/// An append-only log of lines that any number of processes and threads write at once. It is a folder of segments, files of whole lines, of
/// which the oldest are deleted by size and by age. A line that has been appended is not lost when its writer is killed, nor torn or
/// doubled by another writer; nothing is forced to the disk, so it may be lost when the machine stops.
/// </summary>
/// <remarks>
/// Writers take turns by a lock file and write to one segment. A writer that cannot have the lock, because it is held for too long, because
/// file locking is switched off or because the file system has no locks, writes a segment of its own. See docs/event-format.md.
/// </remarks>
public sealed class SegmentedLog
{
    /// <summary>The most that can be appended at once, in bytes.</summary>
    public const int MaxAppendBytes = SegmentReader.MaxLineBytes;

    private const string UnfinishedExtension = ".tmp";
    private const string UnfinishedSegments = "*" + SegmentName.Extension + UnfinishedExtension;
    private const int AppendsBetweenLists = 16;

    // A build waits for this. After 5 ms no more segments are deleted than a writer alone has added since the last list, and lines are counted in 16 MiB
    // at most. The next calls delete the rest.
    private const int LeastDeletions = AppendsBetweenLists;
    private const long MaxBytesCounted = 16 << 20;

    private static readonly TimeSpan DeletionTime = TimeSpan.FromMilliseconds(5);

    private readonly string _folder;
    private readonly SegmentedLogLimits _limits;
    private readonly TimeProvider _clock;
    private readonly UserFolder _kind;
    private readonly object _gate = new();

    private bool _canLock = !FileLocking.IsSwitchedOff();
    private bool _isLockVerified;
    private TimeSpan _lockWait;
    private int _appendsLeftAlone;
    private long _bytesLeftAlone;
    private long _newestAlone;

    /// <param name="folder">Full path of the log's own folder. It is made when something is appended.</param>
    /// <param name="limits">How much is kept.</param>
    /// <param name="clock">The time that segments are named and deleted by.</param>
    /// <param name="kind">What the log is: the events of a store, or a part of its outbox.</param>
    public SegmentedLog(string folder, SegmentedLogLimits limits, TimeProvider? clock = null, UserFolder kind = UserFolder.Events)
    {
        _folder = folder;
        _kind = kind;
        _limits = limits;
        _lockWait = limits.LockWait;
        _clock = clock ?? TimeProvider.System;
    }

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    /// <summary>Appends whole lines: all of them, or none.</summary>
    /// <param name="lines">One line or more, each with its line feed, at most <see cref="MaxAppendBytes"/>.</param>
    /// <exception cref="ArgumentException">The bytes are not lines, or too many.</exception>
    /// <exception cref="StoreException">The lines could not be written.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty || lines[^1] != (byte)'\n' || lines.Length > MaxAppendBytes)
        {
            throw new ArgumentException("Whole lines are appended, each with its line feed.", nameof(lines));
        }

        // Threads of one process would otherwise meet at the lock file, where waiting takes longer.
        lock (_gate)
        {
            try
            {
                EnsureFolder();
                if (!TryAppendInTurn(lines))
                {
                    AppendAlone(lines);
                }
            }
            catch (Exception e) when (StoreException.IsExpected(e))
            {
                throw StoreException.From(e);
            }
        }
    }

    /// <summary>Finds out whether lines could be appended. Makes the folder of the log, as appending would, and leaves nothing else behind.</summary>
    /// <exception cref="StoreException">They could not.</exception>
    public void EnsureWritable()
    {
        lock (_gate)
        {
            try
            {
                EnsureFolder();
                // A lock file is not made for this: made by the superuser, it would keep the user out.
                if (File.Exists(Path.Combine(_folder, LogLock.FileName)))
                {
                    TakeTurn()?.Dispose();
                }

                string probe = Path.Combine(_folder, $"{Guid.NewGuid():N}{UnfinishedExtension}");
                Create(probe, "\n"u8);
                File.Delete(probe);
            }
            catch (Exception e) when (StoreException.IsExpected(e))
            {
                throw StoreException.From(e);
            }
        }
    }

    /// <summary>Deletes a segment of which everything has been read.</summary>
    /// <param name="segment">A segment of this log.</param>
    /// <param name="offset">How far it has been read: <see cref="SegmentReader.Offset"/>.</param>
    /// <returns>False when the segment is kept: it holds a whole line behind the offset, or a writer may be at it.</returns>
    /// <exception cref="StoreException">The segment cannot be read or deleted.</exception>
    public bool TryDelete(Segment segment, long offset)
    {
        lock (_gate)
        {
            return StoreException.InClosedWords(() =>
            {
                // The folder is not made for this; where it is gone, so is the segment.
                if (!File.Exists(segment.Path))
                {
                    return true;
                }

                EnsureFolder();
                using LogLock? turn = TakeTurn();
                if ((turn is null && !segment.IsComplete) || HoldsLineBehind(segment, offset))
                {
                    return false;
                }

                File.Delete(segment.Path);
                return true;
            });
        }
    }

    /// <summary>
    /// Returns how many lines the size limit has cost; 0 while others write. A segment that a writer without the lock deletes is not counted,
    /// and neither are lines beyond 16 MiB at once.
    /// </summary>
    /// <exception cref="StoreException">The count cannot be read.</exception>
    public long CountDroppedLines() => StoreException.InClosedWords(() => LogLock.ReadDroppedLines(_folder, _limits.LockWait));

    private void EnsureFolder() => OwnerOnlyFolder.Ensure(_folder, _kind, _kind is UserFolder.Events ? UserFolder.Store : UserFolder.Outbox);

    private LogLock? TakeTurn()
    {
        LogLock? turn = _canLock ? LogLock.TryTake(_folder, _lockWait) : null;

        // Do not wait twice for a process that kept the lock all that time: it may be stopped.
        _lockWait = turn is null ? TimeSpan.Zero : _limits.LockWait;
        return turn is null || Verify(turn) ? turn : null;
    }

    // Once for each log: the answer is the file system's, and asking costs a system call.
    private bool Verify(LogLock turn)
    {
        if (!_isLockVerified)
        {
            _isLockVerified = true;
            _canLock = turn.IsExclusive;
            if (!_canLock)
            {
                turn.Dispose();
            }
        }

        return _canLock;
    }

    private bool TryAppendInTurn(ReadOnlySpan<byte> lines)
    {
        try
        {
            using LogLock? turn = TakeTurn();
            if (turn is null)
            {
                return false;
            }

            DateTime now = Now;
            return (turn.Current is { } current && _limits.IsOpen(current, now) && TryContinue(PathOf(current), lines)) || TryBegin(turn, lines, now);
        }
        catch (IOException e) when (FileErrors.IsSharingViolation(e))
        {
            // Another program, such as a scanner, has the segment to itself.
            return false;
        }
    }

    private bool TryContinue(string path, ReadOnlySpan<byte> lines)
    {
        using FileStream? file = File.Exists(path) ? TryOpen(path) : null;
        if (file is null)
        {
            return false;
        }

        long length = file.Length;
        if (!_limits.HasRoom(length, lines.Length))
        {
            return false;
        }

        // FileMode.Append would look for the end when the file is opened, and has no guard of its own either.
        if (EndsTorn(file, length))
        {
            byte[] ended = [SegmentReader.Cancel, (byte)'\n', .. lines];
            Write(file, length, ended);
        }
        else
        {
            Write(file, length, lines);
        }

        return true;
    }

    // Returns null for a segment that this user may not write to: the superuser has begun it, in the name of the user. And for one that is
    // no file.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return OwnerOnlyFile.Open(path, FileMode.Open, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (StoreException e) when (e.Fault is StoreFault.NotAFile)
        {
            return null;
        }
    }

    // Returns false where the numbers have run out: a segment that one writer fills alone needs none of its own.
    private bool TryBegin(LogLock turn, ReadOnlySpan<byte> lines, DateTime now)
    {
        List<Segment> segments = Segment.ListNames(_folder, _limits.MostListed);
        long newest = FindNewest(segments, turn.Current, now);
        if (newest >= SegmentName.MaxSequence)
        {
            return false;
        }

        // Where the time is the number, another segment of this second may have it.
        SegmentName name;
        do
        {
            name = SegmentName.Shared(++newest, now);
        }
        while (File.Exists(PathOf(name)));

        long dropped = turn.DroppedLines + DeleteOldest(segments, lines.Length, now);
        if (segments.Count < _limits.MostListed)
        {
            DeleteUnfinished(now);
        }

        Create(PathOf(name), lines);
        turn.Write(name, dropped);
        return true;
    }

    // The segment gets its name when it is whole, and no writer adds to it afterwards, so it needs no lock.
    private void AppendAlone(ReadOnlySpan<byte> lines)
    {
        DateTime now = Now;
        long bytes = SegmentedLogLimits.OnDisk(lines.Length);
        if (_appendsLeftAlone-- == 0 || (_bytesLeftAlone -= bytes) < 0)
        {
            List<Segment> segments = Segment.ListNames(_folder, _limits.MostListed);
            _newestAlone = FindNewest(segments, current: null, now);
            DeleteOldest(segments, lines.Length, now);
            _appendsLeftAlone = AppendsBetweenLists - 1;
            _bytesLeftAlone = _limits.SegmentBytes - bytes;
        }

        _newestAlone = Math.Min(_newestAlone + 1, SegmentName.MaxSequence);
        string path = PathOf(SegmentName.Complete(_newestAlone, now));
        Create(path + UnfinishedExtension, lines);
        File.Move(path + UnfinishedExtension, path);
    }

    // Of a folder with too many segments only the lock file knows the last number. Without it, the time is a number above all that were counted up to.
    private long FindNewest(List<Segment> segments, SegmentName? current, DateTime now)
    {
        long listed = segments.Count > 0 ? segments[^1].Sequence : 0;
        long known = current?.Sequence ?? (segments.Count >= _limits.MostListed ? SegmentName.SequenceAt(now) : 0);
        return Math.Max(listed, known);
    }

    private static void Create(string path, ReadOnlySpan<byte> lines)
    {
        FileStream file = OwnerOnlyFile.Open(path, FileMode.CreateNew, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            using (file)
            {
                Write(file, 0, lines);
            }
        }
        catch (IOException)
        {
            // A full disk has room for names still: each publish would leave one.
            File.Delete(path);
            throw;
        }
    }

    private static void Write(FileStream file, long length, ReadOnlySpan<byte> lines)
    {
        try
        {
            file.Seek(length, SeekOrigin.Begin);
            file.Write(lines);
        }
        catch (IOException)
        {
            // A full disk takes a part.
            file.SetLength(length);
            throw;
        }
    }

    private static bool EndsTorn(FileStream file, long length)
    {
        if (length == 0)
        {
            return false;
        }

        file.Seek(length - 1, SeekOrigin.Begin);
        return file.ReadByte() != '\n';
    }

    private static bool HoldsLineBehind(Segment segment, long offset)
    {
        if (new FileInfo(segment.Path).Length <= offset)
        {
            return false;
        }

        using var reader = new SegmentReader(segment.Path, offset);
        return reader.TryRead(out _);
    }

    /// <summary>Returns how many lines the size limit has cost.</summary>
    private long DeleteOldest(List<Segment> segments, int added, DateTime now)
    {
        bool isPart = segments.Count >= _limits.MostListed;
        int expired = isPart ? 0 : _limits.CountExpired(segments, now);
        int surplus = isPart ? segments.Count - _limits.MostSegments : Math.Max(expired, _limits.CountOverSize(segments, added));
        long dropped = 0;
        long counted = 0;
        long began = _clock.GetTimestamp();
        for (int i = 0; i < Math.Min(surplus, SegmentedLogLimits.MostDeletions) && (i < LeastDeletions || _clock.GetElapsedTime(began) < DeletionTime); i++)
        {
            bool isCounted = !isPart && i >= expired && (counted += segments[i].Length) <= MaxBytesCounted;
            long lines = isCounted ? CountLines(segments[i]) : 0;
            if (segments[i].IsFile && TryDelete(segments[i].Path))
            {
                dropped += lines;
            }
        }

        return dropped;
    }

    private void DeleteUnfinished(DateTime now)
    {
        foreach (string path in Directory.GetFiles(_folder, UnfinishedSegments))
        {
            // A day is longer than any writer takes. Those that are younger may be at it. Files of other names are not ours.
            if (SegmentName.Parse(Path.GetFileNameWithoutExtension(path.AsSpan())) is not null
                && (now - File.GetLastWriteTimeUtc(path)).Duration() > TimeSpan.FromDays(1))
            {
                TryDelete(path);
            }
        }
    }

    private static long CountLines(Segment segment)
    {
        try
        {
            using var reader = new SegmentReader(segment.Path);
            while (reader.TryRead(out _))
            {
            }

            return reader.Lines;
        }
        catch (StoreException)
        {
            // Gone since the folder was listed, so not lost by this.
            return 0;
        }
    }

    // What cannot be deleted, because a program on Windows has it open, must not keep new lines out.
    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            return false;
        }
    }

    private string PathOf(SegmentName name) => Path.Combine(_folder, name.Text);
}
