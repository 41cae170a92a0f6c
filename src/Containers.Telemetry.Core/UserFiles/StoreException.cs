using System.Security;

namespace Containers.Telemetry.UserFiles;

/// <summary>A log could not be written or read. The message consists of fixed sentences: it never contains a path.</summary>
public sealed class StoreException : IOException
{
    public StoreException(StoreFault fault, Exception? innerException = null, UserFolder folder = UserFolder.Events)
        : base(Describe(fault, NameOf(folder)), innerException)
    {
        Fault = fault;
        Folder = folder;
    }

    /// <summary>The problem, from the first sentence of the message. The others are the remedy.</summary>
    public string What => Message[..(Message.IndexOf('.', StringComparison.Ordinal) + 1)];

    public StoreFault Fault { get; }

    /// <summary>The folder with the fault; the events' folder if the fault is not about a folder.</summary>
    public UserFolder Folder { get; }

    /// <summary>Whether the folder is refused because it is not this user's alone. It stays refused until the user repairs it.</summary>
    public bool IsRefusal => Fault is StoreFault.WritableByOthers or StoreFault.OwnedByOther;

    /// <summary>Whether the file does not exist any more, or its folder does not.</summary>
    public bool IsGone => InnerException is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>Whether an exception comes from the file system, not from a bug.</summary>
    internal static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException or SecurityException;

    /// <summary>The same failure with a fixed message.</summary>
    internal static StoreException From(Exception exception, UserFolder folder = UserFolder.Events) =>
        exception as StoreException ?? new StoreException(FaultOf(exception), exception, folder);

    /// <summary>Runs file operations, and converts exceptions of the file system.</summary>
    /// <exception cref="StoreException">It failed.</exception>
    internal static T Wrap<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw From(e);
        }
    }

    /// <inheritdoc cref="Wrap{T}"/>
    internal static void Wrap(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw From(e);
        }
    }

    private static StoreFault FaultOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException or SecurityException => StoreFault.AccessDenied,
        PathTooLongException => StoreFault.PathTooLong,
        _ when FileErrors.IsDiskFull(exception) => StoreFault.DiskFull,
        _ when FileErrors.IsReadOnly(exception) => StoreFault.ReadOnly,
        _ => StoreFault.Unavailable,
    };

    private static string NameOf(UserFolder folder) => folder switch
    {
        UserFolder.Store => "the folder of the store",
        UserFolder.Outbox => "the folder outbox of the store, or one in it",
        UserFolder.Dataset => "the folder dataset of the store, or a file in it",
        UserFolder.Settings => "the folder of settings and identities, or a file in it",
        _ => "the folder events of the store",
    };

    private static string Describe(StoreFault fault, string folder) => fault switch
    {
        StoreFault.AccessDenied => "Access to the folder is denied.",
        StoreFault.DiskFull => "The disk is full.",
        StoreFault.NotAFolder => "The folder, or a parent folder, is a file.",
        StoreFault.NotAFile => "A file in the folder is a pipe or a device.",
        StoreFault.PathTooLong => "The path of the folder is too long.",
        StoreFault.ReadOnly => "The file system is read-only.",
        StoreFault.SymbolicLink => "The folder, a parent folder, or a file in it is a symbolic link.",
        StoreFault.WritableByOthers =>
            $"Other users may write to {folder}. {(OperatingSystem.IsWindows() ? "Take their access away with icacls" : "Run chmod go-w on it")}; " +
            "containers-telemetry doctor prints the command.",
        StoreFault.OwnedByOther =>
            $"Another user owns {folder}. Move it away, work as its owner, or set CONTAINERS_TELEMETRY_STORE to another folder; " +
            "containers-telemetry doctor prints the command.",
        _ => "The folder cannot be used.",
    };
}

/// <summary>Why lines could not be written to a log, or read from it.</summary>
public enum StoreFault
{
    /// <summary>Any other fault, such as a failing device or a file that another program has open.</summary>
    Unavailable,

    /// <summary>This user may not write there.</summary>
    AccessDenied,

    /// <summary>The disk, or this user's share of it, is full.</summary>
    DiskFull,

    NotAFolder,

    /// <summary>A file is something else, such as a named pipe.</summary>
    NotAFile,

    /// <summary>The path of the folder, or of a file in it, is longer than the system allows.</summary>
    PathTooLong,

    /// <summary>The file system is mounted read-only, or the disk is write-protected.</summary>
    ReadOnly,

    /// <summary>The folder or one of its files is a symbolic link, or has a parent that is a link which another user may have made.</summary>
    SymbolicLink,

    /// <summary>Other users may write to the folder.</summary>
    WritableByOthers,

    /// <summary>Another user owns the folder. This applies to root, too: root's events do not belong in another user's folder.</summary>
    OwnedByOther,
}
