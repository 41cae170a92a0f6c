namespace Containers.Telemetry.UserFiles;

/// <summary>
/// A folder that only its owner may enter: by its mode, or on Windows by an access list of its own that inherits nothing from the
/// folder above.
/// </summary>
/// <remarks>On Windows a folder that exists keeps its access list. The folders of events are made by this package, also in a store that its user made.</remarks>
internal static class OwnerOnlyFolder
{
    /// <summary>What the attributes of a file that does not exist read as.</summary>
    public const FileAttributes Absent = (FileAttributes)(-1);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersMay =
        OthersMayWrite | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes sure that the folder exists and is its owner's alone.</summary>
    /// <exception cref="StoreException">The folder is not one, others may write to it, or another user may have planted a link above it.</exception>
    public static void Ensure(string path)
    {
        var folder = new DirectoryInfo(path);
        RefusePlantedLinks(folder.Parent);
        if (folder.Attributes == Absent)
        {
            Create(folder);
            folder.Refresh();
        }

        Inspect(folder);
    }

    private static void Inspect(DirectoryInfo folder)
    {
        FileAttributes attributes = folder.Attributes;
        if ((attributes & FileAttributes.ReparsePoint) != 0)
        {
            throw new StoreException(StoreFault.SymbolicLink);
        }

        if ((attributes & FileAttributes.Directory) == 0)
        {
            throw new StoreException(StoreFault.NotAFolder);
        }

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        UnixFileMode mode = folder.UnixFileMode;
        if ((mode & OthersMayWrite) != 0)
        {
            // They may have put links into it that a change of its mode would leave there.
            throw new StoreException(StoreFault.WritableByOthers);
        }

        if ((mode & OthersMay) != 0)
        {
            folder.UnixFileMode = mode & ~OthersMay;
        }
    }

    // A link in a folder that others may write to, such as a shared temporary folder, can be anybody's. Any other link is the user's own.
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
            Directory.CreateDirectory(folder.FullName, OwnerOnly);
        }
    }
}
