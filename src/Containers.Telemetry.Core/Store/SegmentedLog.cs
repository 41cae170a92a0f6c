using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>
/// An append-only log of lines that any number of processes and threads write at once. It is a folder of segments, files of whole lines, of which the
/// oldest are deleted by size and by age. An appended line is not lost when its writer is killed, and another writer does not tear or duplicate it;
/// nothing is flushed to the disk, so it may be lost when the machine stops.
/// </summary>
/// <param name="folder">Full path of the log's own folder. The first append creates it.</param>
/// <param name="clock">The clock for names and ages of segments.</param>
/// <param name="kind">The use of the log: the events of a store, or a part of its outbox.</param>
/// <remarks>
/// Writers share one segment under a lock file. A writer that cannot get the lock, because it is held for too long, file locking is disabled or the
/// file system has no locks, writes a separate segment. See docs/event-format.md.
/// </remarks>
public sealed class SegmentedLog(string folder, SegmentedLogLimits limits, TimeProvider? clock = null, UserFolder kind = UserFolder.Events)
{
    /// <summary>The most that can be appended at once, in bytes.</summary>
    public const int MaxAppendBytes = SegmentReader.MaxLineBytes;

    private const string UnfinishedExtension = ".tmp";
    private const string UnfinishedSegments = "*" + SegmentName.Extension + UnfinishedExtension;
    private const int AppendsBetweenLists = 16;

    // Runs during a build: after 5 ms it deletes no more segments than a lone writer has added since the last list, and it counts lines in at most 16
    // MiB. Later calls delete the rest.
    private const int LeastDeletions = AppendsBetweenLists;
    private const long MaxBytesCounted = 16 << 20;

    private static readonly TimeSpan DeletionTime = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly object _gate = new();

    private bool _canLock = !FileLocking.IsSwitchedOff();
    private bool _isLockVerified;
    private TimeSpan _lockWait = limits.LockWait;
    private int _appendsLeftAlone;
    private long _bytesLeftAlone;
    private long _newestAlone;

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

    /// <summary>Checks whether lines can be appended. Creates the folder of the log, like an append, and nothing else.</summary>
    /// <exception cref="StoreException">They cannot.</exception>
    public void EnsureWritable()
    {
        lock (_gate)
        {
            StoreException.Wrap(() =>
            {
                EnsureFolder();
                // Does not create a lock file: one of root would keep the user out.
                if (File.Exists(Path.Combine(folder, LogLock.FileName)))
                {
                    TakeTurn()?.Dispose();
                }

                // The interpolation of a Guid would be compiled in each process.
                string probe = Path.Combine(folder, Guid.NewGuid().ToString("N") + UnfinishedExtension);
                Create(probe, "\n"u8);
                File.Delete(probe);
            });
        }
    }

    /// <summary>Deletes a segment that was read completely.</summary>
    /// <param name="offset">How far it has been read: <see cref="SegmentReader.Offset"/>.</param>
    /// <returns>False when the segment is kept: it has a whole line after the offset, or a writer may be using it.</returns>
    /// <exception cref="StoreException">The segment cannot be read or deleted.</exception>
    public bool TryDelete(Segment segment, long offset)
    {
        lock (_gate)
        {
            return StoreException.Wrap(() =>
            {
                // Does not create the folder; if it is gone, so is the segment.
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

    /// <summary>Deletes lines of a segment, which is replaced in one step under the lock: readers, writers and a crash see each other line once.</summary>
    /// <param name="offset">Where to begin, in bytes. The lines before it remain until all lines behind it are deleted; they are not counted.</param>
    /// <returns>The number of lines deleted; 0 if a writer may be using the segment, or if this user may not read it.</returns>
    /// <exception cref="StoreException">The segment cannot be read, replaced or deleted.</exception>
    public long DeleteLines(Segment segment, LineFilter isMeant, long offset = 0)
    {
        lock (_gate)
        {
            return StoreException.Wrap(() =>
            {
                if (!File.Exists(segment.Path))
                {
                    return 0;
                }

                EnsureFolder();
                using LogLock? turn = TakeTurn();
                string unfinished = PathOf(SegmentName.Complete(segment.Sequence, segment.Begun)) + UnfinishedExtension;
                return turn is null && !segment.IsComplete ? 0 : SegmentRewrite.DeleteLines(segment, offset, isMeant, unfinished);
            });
        }
    }

    /// <summary>Returns the number of lines that the size limit has deleted, as far as they were counted; 0 while others write.</summary>
    /// <exception cref="StoreException">The count cannot be read.</exception>
    public long CountDroppedLines() => StoreException.Wrap(() => LogLock.ReadDroppedLines(folder, limits.LockWait));

    private void EnsureFolder() => OwnerOnlyFolder.Ensure(folder, kind, kind is UserFolder.Events ? UserFolder.Store : UserFolder.Outbox);

    private LogLock? TakeTurn()
    {
        LogLock? turn = _canLock ? LogLock.TryTake(folder, _lockWait) : null;

        // Do not wait twice for a process that held the lock all that time: it may be suspended.
        _lockWait = turn is null ? TimeSpan.Zero : limits.LockWait;
        return turn is null || Verify(turn) ? turn : null;
    }

    // Once per log: the answer depends on the file system, and costs a system call.
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
            return (turn.Current is { } current && limits.IsOpen(current, now) && TryContinue(PathOf(current), lines)) || TryBegin(turn, lines, now);
        }
        catch (IOException e) when (FileErrors.IsSharingViolation(e))
        {
            // Another program, such as a scanner, has exclusive access to the segment.
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
        if (!limits.HasRoom(length, lines.Length))
        {
            return false;
        }

        // FileMode.Append would seek to the end on opening, and is not atomic either.
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

    // Returns null for a segment that this user may not write, since root has created it in the user's name, and for one that is not a file.
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

    // Returns false when the numbers have run out: a segment that one writer fills alone needs no unique number.
    private bool TryBegin(LogLock turn, ReadOnlySpan<byte> lines, DateTime now)
    {
        List<Segment> segments = Segment.ListNames(folder, limits.MostListed);
        long newest = FindNewest(segments, turn.Current, now);
        if (newest >= SegmentName.MaxSequence)
        {
            return false;
        }

        // If the time is the number, another segment of this second may have it.
        SegmentName name;
        do
        {
            name = SegmentName.Shared(++newest, now);
        }
        while (File.Exists(PathOf(name)));

        long dropped = turn.DroppedLines + DeleteOldest(segments, lines.Length, now);
        if (segments.Count < limits.MostListed)
        {
            DeleteUnfinished(now);
        }

        Create(PathOf(name), lines);
        turn.Write(name, dropped);
        return true;
    }

    // The segment gets its name when it is complete, and no writer adds to it afterwards, so it needs no lock.
    private void AppendAlone(ReadOnlySpan<byte> lines)
    {
        DateTime now = Now;
        long bytes = SegmentedLogLimits.OnDisk(lines.Length);
        if (_appendsLeftAlone-- == 0 || (_bytesLeftAlone -= bytes) < 0)
        {
            List<Segment> segments = Segment.ListNames(folder, limits.MostListed);
            _newestAlone = FindNewest(segments, current: null, now);
            DeleteOldest(segments, lines.Length, now);
            _appendsLeftAlone = AppendsBetweenLists - 1;
            _bytesLeftAlone = limits.SegmentBytes - bytes;
        }

        _newestAlone = Math.Min(_newestAlone + 1, SegmentName.MaxSequence);
        string path = PathOf(SegmentName.Complete(_newestAlone, now));
        Create(path + UnfinishedExtension, lines);
        File.Move(path + UnfinishedExtension, path);
    }

    // In a folder with too many segments only the lock file has the last number. Without it, the time is a number above all counted ones.
    private long FindNewest(List<Segment> segments, SegmentName? current, DateTime now)
    {
        long listed = segments.Count > 0 ? segments[^1].Sequence : 0;
        long known = current?.Sequence ?? (segments.Count >= limits.MostListed ? SegmentName.SequenceAt(now) : 0);
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
            // A full disk still has room for names: each publish would leave an empty file.
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
            // A full disk accepts a part of the bytes.
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

    /// <summary>Returns the number of lines that the size limit has deleted.</summary>
    private long DeleteOldest(List<Segment> segments, int added, DateTime now)
    {
        bool isPart = segments.Count >= limits.MostListed;
        int expired = isPart ? 0 : limits.CountExpired(segments, now);
        int surplus = isPart ? segments.Count - limits.MostSegments : Math.Max(expired, limits.CountOverSize(segments, added));
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
        foreach (string path in Directory.GetFiles(folder, UnfinishedSegments))
        {
            // No writer takes a day. Younger files may be in use. Files with other names are not ours.
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
            // Deleted since the folder was listed, so not lost here.
            return 0;
        }
    }

    // A segment that cannot be deleted, because a program on Windows has it open, must not block new lines.
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

    private string PathOf(SegmentName name) => Path.Combine(folder, name.Text);
}
