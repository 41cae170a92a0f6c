namespace Containers.Telemetry.UserFiles;

/// <summary>A folder that only its owner may enter: by its mode, or on Windows by an access list that inherits nothing from the parent.</summary>
public static class OwnerOnlyFolder
{
    /// <summary>The attributes that .NET returns for a file that does not exist.</summary>
    internal const FileAttributes Absent = (FileAttributes)(-1);

    internal const UnixFileMode UnixMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersMay =
        OthersMayWrite | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Ensures that the folder exists and belongs to this user alone, and that the folders above it belong to this user.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="above">The use of the folder above it, and so on outwards.</param>
    /// <exception cref="StoreException">
    /// One of them is not a folder, belongs to another user, or others may write to it; or another user may have planted a link above it.
    /// </exception>
    public static void Ensure(string path, UserFolder kind, params ReadOnlySpan<UserFolder> above)
    {
        var folder = new DirectoryInfo(path);
        RefusePlantedLinks(folder.Parent);
        if (folder.Attributes == Absent)
        {
            Create(folder);
            folder.Refresh();
        }

        DirectoryInfo? parent = folder.Parent;
        foreach (UserFolder kindAbove in above)
        {
            if (parent is not null)
            {
                RequireOwn(parent.FullName, kindAbove);
                parent = parent.Parent;
            }
        }

        Inspect(folder, kind);
    }

    /// <summary>Checks that this user owns a file or folder, and that no other may write to it. Follows links.</summary>
    /// <exception cref="StoreException">Another user owns it, or may write to it.</exception>
    public static void RequireOwn(string path, UserFolder kind)
    {
        if (FindFault(path) is { } fault)
        {
            throw new StoreException(fault, folder: kind);
        }
    }

    /// <summary>Takes from all others what they may do with a folder that is this user's. Follows links.</summary>
    internal static void CloseToOthers(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & OthersMay) != 0)
        {
            File.SetUnixFileMode(path, mode & ~OthersMay);
        }
    }

    /// <summary>The exception of <see cref="RequireOwn"/> for a folder or the first of its entries; null for none, or if there is no such folder.</summary>
    /// <param name="path">Full path of the folder.</param>
    /// <param name="listEntries">Lists the relevant files and folders in it, by their full paths; null for none.</param>
    public static StoreException? FindRefusal(string path, UserFolder kind, Func<string, string[]>? listEntries = null)
    {
        try
        {
            if (Directory.Exists(path))
            {
                RequireOwn(path, kind);
                foreach (string entry in listEntries?.Invoke(path) ?? [])
                {
                    RequireOwn(entry, kind);
                }
            }

            return null;
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            return StoreException.From(e, kind);
        }
    }

    private static StoreFault? FindFault(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                return OwnerOnlyAccess.FindFault(path);
            }
            catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
            {
                // A disk without access lists, or an error of Windows without an exception in .NET.
                throw new StoreException(StoreFault.Unavailable, e);
            }
        }

        return UnixOwner.IsOther(path) ? StoreFault.OwnedByOther
            : (File.GetUnixFileMode(path) & OthersMayWrite) != 0 ? StoreFault.WritableByOthers
            : null;
    }

    private static void Inspect(DirectoryInfo folder, UserFolder kind)
    {
        FileAttributes attributes = folder.Attributes;
        if ((attributes & FileAttributes.ReparsePoint) != 0)
        {
            throw new StoreException(StoreFault.SymbolicLink, folder: kind);
        }

        if ((attributes & FileAttributes.Directory) == 0)
        {
            throw new StoreException(StoreFault.NotAFolder, folder: kind);
        }

        // Not repaired: others may have put links into it, which a change of its mode would leave.
        RequireOwn(folder.FullName, kind);
        CloseToOthers(folder.FullName);
    }

    // A link in a folder that others may write to, such as a shared temporary folder, can belong to anybody. Any other link is the user's own.
    private static void RefusePlantedLinks(DirectoryInfo? folder)
    {
        for (; folder?.Parent is { } parent && !OperatingSystem.IsWindows(); folder = parent)
        {
            FileAttributes attributes = folder.Attributes;
            if (attributes != Absent && (attributes & FileAttributes.ReparsePoint) != 0 && (parent.UnixFileMode & OthersMayWrite) != 0)
            {
                throw new StoreException(StoreFault.SymbolicLink);
            }
        }
    }

    private static void Create(DirectoryInfo folder)
    {
        if (folder.Parent is { } parent && !Directory.Exists(parent.FullName))
        {
            if (File.Exists(parent.FullName))
            {
                throw new StoreException(StoreFault.NotAFolder);
            }

            Create(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            folder.Create(OwnerOnlyAccess.OfCurrentUser());
        }
        else
        {
            Directory.CreateDirectory(folder.FullName, UnixMode);
        }
    }
}

/// <summary>The use of a folder. A message names this, since a path may hold the user's name.</summary>
public enum UserFolder
{
    /// <summary>The folder of all data of the user.</summary>
    Store,

    /// <summary>The folder of the events, in the store.</summary>
    Events,

    /// <summary>The folder of the outboxes, in the store, and the folders in it.</summary>
    Outbox,

    /// <summary>The folder of datasets and of the secret that fixes their noise, in the store.</summary>
    Dataset,

    /// <summary>The folder of the user's choice and pseudonyms.</summary>
    Settings,
}
