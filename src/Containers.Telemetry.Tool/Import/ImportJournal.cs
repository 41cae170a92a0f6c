using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Import;

/// <summary>
/// The progress of an import into a database, kept in a file after each batch, so that an interrupted import can continue. If the file cannot be
/// written or read, an import begins with the first line: a duplicate event counts once.
/// </summary>
internal sealed class ImportJournal : IDisposable
{
    // Not .json, since an import of the store would read it as events.
    private const string Extension = ".journal";

    private readonly string? _file;
    private readonly FileStream? _lock;
    private readonly Dictionary<string, FileProgress> _passed = new(StringComparer.Ordinal);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private (OpenedFile File, long Lines)? _open;

    private ImportJournal(string? file, FileStream? fileLock)
    {
        _file = file;
        _lock = fileLock;
        Kept = Read(file) ?? new ImportProgress();
    }

    public ImportProgress Kept { get; private set; }

    /// <summary>Opens the journal of an import. Each set of files has its own journal; of two concurrent imports of the same files, one has none.</summary>
    /// <param name="folder">Full path of the folder of journals; null for none.</param>
    /// <param name="sources">Full paths of the files and folders to import.</param>
    public static ImportJournal Open(string? folder, string address, params IEnumerable<string> sources)
    {
        if (folder is null)
        {
            return new ImportJournal(null, null);
        }

        string import = string.Join('\n', sources.Order(StringComparer.Ordinal).Prepend(address));
        string file = Path.Combine(folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(import)))[..16] + Extension);
        FileStream? fileLock = TryLock(file);
        return new ImportJournal(fileLock is null ? null : file, fileLock);
    }

    /// <summary>Forgets the progress, since the database does not have the events any more.</summary>
    public void Forget() => Kept = new ImportProgress();

    /// <summary>Whether a file was read to its end, and has not changed since.</summary>
    public bool HasWhole(OpenedFile file) =>
        file.CanReadAgain
        && Kept.Files.TryGetValue(file.Path, out FileProgress? known)
        && known.IsWhole
        && known.Length == file.Length
        && known.Written == file.Written;

    /// <returns>Number of its lines whose events the database has, if they are still the same; 0 for none.</returns>
    public long Begin(OpenedFile file)
    {
        _ = _hash.GetHashAndReset();
        _open = (file, 0);
        return file.CanReadAgain && Kept.Files.TryGetValue(file.Path, out FileProgress? known) ? known.Lines : 0;
    }

    /// <summary>Records that the events of a line were handed over, or skipped.</summary>
    public void Pass(ReadOnlySpan<byte> line)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
        if (_open is var (file, lines))
        {
            _open = (file, lines + 1);
        }
    }

    /// <summary>Whether the skipped lines are unchanged since the last import.</summary>
    public bool IsSame() => _open is { } open && Kept.Files[open.File.Path].Hash == Convert.ToHexString(_hash.GetCurrentHash());

    public void End()
    {
        if (_open is var (file, lines))
        {
            _passed[file.Path] = new FileProgress(lines, Convert.ToHexString(_hash.GetCurrentHash()), IsWhole: true, file.Length, file.Written);
            _open = null;
        }
    }

    /// <summary>Returns the progress since the last mark, to be recorded when the database has accepted its events.</summary>
    public IReadOnlyDictionary<string, FileProgress> Mark()
    {
        if (_open is var (file, lines))
        {
            _passed[file.Path] = new FileProgress(lines, Convert.ToHexString(_hash.GetCurrentHash()), IsWhole: false, 0, default);
        }

        var mark = new Dictionary<string, FileProgress>(_passed, StringComparer.Ordinal);
        _passed.Clear();
        return mark;
    }

    /// <summary>Records that the database has accepted all events before a mark.</summary>
    /// <param name="mark">The mark. Earlier marks were recorded.</param>
    /// <param name="newEvents">The number of events that it has accepted since the last call.</param>
    /// <param name="unassembledSince">The moment from which on events are not assembled yet; Unix seconds of the database.</param>
    public void Keep(IReadOnlyDictionary<string, FileProgress> mark, long newEvents, EventKey last, long? unassembledSince)
    {
        foreach (var (path, progress) in mark)
        {
            Kept.Files[path] = progress;
        }

        Kept = Kept with { Events = Kept.Events + newEvents, Last = last, UnassembledSince = unassembledSince };
        Write();
    }

    /// <summary>Deletes the journal: the import has come to its end.</summary>
    public void Delete()
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            File.Delete(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The old progress is still true.
        }
    }

    public void Dispose()
    {
        _hash.Dispose();
        _lock?.Dispose();
    }

    private static FileStream? TryLock(string file)
    {
        try
        {
            OwnerOnlyFolder.Ensure(Path.GetDirectoryName(file)!, UserFolder.Store, UserFolder.Store);
            return new FileStream(file + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            return null;
        }
    }

    private static ImportProgress? Read(string? file)
    {
        try
        {
            ImportProgress? kept = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), ImportJson.Default.ImportProgress) : null;
            return kept is { IsSound: true } ? kept : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Write()
    {
        if (_file is null)
        {
            return;
        }

        string beside = $"{_file}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(Kept, ImportJson.Default.ImportProgress));
            File.Move(beside, _file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a journal, an interrupted import begins with the first line.
        }
    }
}

internal sealed record ImportProgress
{
    /// <summary>The files, by their full paths.</summary>
    public Dictionary<string, FileProgress> Files { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Whether no required value is null, as JSON allows.</summary>
    [JsonIgnore]
    public bool IsSound => Files is { } files && files.Values.All(static file => file is { Hash: not null });

    /// <summary>Number of events that the database has accepted.</summary>
    public long Events { get; init; }

    /// <summary>The last of them; null for none.</summary>
    public EventKey? Last { get; init; }

    /// <summary>The moment from which on events are not assembled yet; Unix seconds of the database; null for none.</summary>
    public long? UnassembledSince { get; init; }
}

/// <param name="Hash">The SHA-256 of these lines.</param>
/// <param name="IsWhole">Whether the file was read to its end.</param>
/// <param name="Length">Its length then, in bytes.</param>
/// <param name="Written">The time of its last write then, UTC.</param>
internal sealed record FileProgress(long Lines, string Hash, bool IsWhole, long Length, DateTime Written);

/// <summary>An event, as the database finds it.</summary>
/// <param name="PublishId">The publish; of an event without one the event's id.</param>
internal sealed record EventKey(Guid PublishId, Guid EventId);

[JsonSerializable(typeof(ImportProgress))]
internal sealed partial class ImportJson : JsonSerializerContext;
