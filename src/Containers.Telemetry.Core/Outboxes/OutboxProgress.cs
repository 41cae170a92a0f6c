using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>How far the log of an outbox was sent: the lines behind that wait. Works for an outbox with an unknown endpoint, too.</summary>
public sealed class OutboxProgress : IDisposable
{
    private readonly string _logFolder;
    private readonly OutboxState _state;
    private readonly FileStream? _turn;

    private OutboxProgress(string logFolder, FileStream? turn)
    {
        _logFolder = logFolder;
        _turn = turn;
        _state = OutboxState.Load(FolderOf(logFolder));
    }

    /// <summary>Reads it. Other processes may send meanwhile.</summary>
    /// <param name="logFolder">Full path of the log's folder.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static OutboxProgress Read(string logFolder) => StoreException.Wrap(() => new OutboxProgress(logFolder, turn: null));

    /// <summary>Reads it, and keeps other processes from sending until disposed.</summary>
    /// <param name="logFolder">Full path of the log's folder.</param>
    /// <returns>Null if another process is sending.</returns>
    /// <exception cref="StoreException">It cannot be read, or another user owns the outbox or may write to it.</exception>
    public static OutboxProgress? TryTakeTurn(string logFolder) => StoreException.Wrap(() =>
    {
        // A lock file made by the superuser would lock the user out.
        OwnerOnlyFolder.Ensure(FolderOf(logFolder), UserFolder.Outbox, UserFolder.Outbox, UserFolder.Store);
        FileStream? turn = OutboxState.TryTakeTurn(FolderOf(logFolder));
        try
        {
            return turn is null ? null : new OutboxProgress(logFolder, turn);
        }
        catch
        {
            turn?.Dispose();
            throw;
        }
    });

    /// <summary>How far a segment was sent, in bytes.</summary>
    public long OffsetIn(Segment segment) => _state.OffsetIn(segment.Name);

    /// <summary>Forgets deleted segments. Only for the owner of the turn.</summary>
    /// <exception cref="StoreException">The state cannot be written.</exception>
    public void ForgetDeleted() => StoreException.Wrap(() =>
    {
        _state.ForgetAllBut(Segment.List(_logFolder));
        _state.Save();
    });

    public void Dispose() => _turn?.Dispose();

    private static string FolderOf(string logFolder) => Path.GetDirectoryName(logFolder)!;
}
