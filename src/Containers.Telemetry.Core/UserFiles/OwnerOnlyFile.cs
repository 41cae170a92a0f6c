using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Containers.Telemetry.UserFiles;

/// <summary>Opens files that only their owner may read, and never through a symbolic link.</summary>
internal static class OwnerOnlyFile
{
    public const UnixFileMode UnixMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for unbuffered writing.</summary>
    /// <exception cref="StoreException">The file is a symbolic link, or not a file.</exception>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        // A new file cannot be a link: the system refuses to create a file through one.
        if (mode != FileMode.CreateNew && IsSymbolicLink(path))
        {
            throw new StoreException(StoreFault.SymbolicLink);
        }

        return PlainFile.OpenWrite(path, mode, share, UnixMode);
    }

    private static bool IsSymbolicLink(string path) =>
        new FileInfo(path).Attributes is var attributes and not OwnerOnlyFolder.Absent && (attributes & FileAttributes.ReparsePoint) != 0;
}

/// <summary>The access list of a folder or file on Windows that belongs to one user.</summary>
internal static class OwnerOnlyAccess
{
    private const string LocalSystem = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";
    private const string CreatorOwner = "S-1-3-0";
    private const string OwnerRights = "S-1-3-4";

    // FILE_WRITE_DATA, FILE_APPEND_DATA, FILE_DELETE_CHILD, DELETE, WRITE_DAC, WRITE_OWNER, GENERIC_ALL, GENERIC_WRITE.
    private const int MayChange = 0x2 | 0x4 | 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;

    // The user of a process stays the same, and a publish checks many folders.
    private static string? _currentUser;

    /// <summary>The access list for a folder of the user who runs this process.</summary>
    [SupportedOSPlatform("windows")]
    public static DirectorySecurity OfCurrentUser()
    {
        var access = new DirectorySecurity();
        access.SetSecurityDescriptorSddlForm(Describe(CurrentUser()), AccessControlSections.Access);
        return access;
    }

    /// <summary>
    /// Returns the list in the Security Descriptor Definition Language. It is protected (<c>P</c>), so the folder inherits nothing. As in a user's
    /// profile, the user, the system (<c>SY</c>) and administrators (<c>BA</c>) have full access (<c>FA</c>), also to all files and folders in it
    /// (<c>OICI</c>).
    /// </summary>
    /// <param name="user">The security identifier of the user, such as <c>S-1-5-21-1-2-3-1001</c>.</param>
    public static string Describe(string user) => $"D:P(A;OICI;FA;;;{user})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    /// <summary>Returns the problem of the owner or the access list of a file or folder; null for none.</summary>
    [SupportedOSPlatform("windows")]
    public static StoreFault? FindFault(string path)
    {
        const AccessControlSections Sections = AccessControlSections.Owner | AccessControlSections.Access;
        FileSystemSecurity access = Directory.Exists(path) ? new DirectorySecurity(path, Sections) : new FileSecurity(path, Sections);
        var grants = new List<(string User, int Rights)>();
        foreach (FileSystemAccessRule rule in access.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType is AccessControlType.Allow)
            {
                grants.Add((rule.IdentityReference.Value, (int)rule.FileSystemRights));
            }
        }

        return FindFault(CurrentUser(), access.GetOwner(typeof(SecurityIdentifier))?.Value, grants);
    }

    /// <summary>Checks an owner and the grants of an access list, each a security identifier and an access mask.</summary>
    public static StoreFault? FindFault(string user, string? owner, IEnumerable<(string User, int Rights)> grants)
    {
        if (owner is not null && !IsTrusted(owner, user))
        {
            return StoreFault.OwnedByOther;
        }

        foreach ((string other, int rights) in grants)
        {
            if ((rights & MayChange) != 0 && !IsTrusted(other, user))
            {
                return StoreFault.WritableByOthers;
            }
        }

        return null;
    }

    // An administrator's files belong to all administrators. Creator owner and owner rights are the user, who owns the folder.
    private static bool IsTrusted(string other, string user) => other == user || other is LocalSystem or Administrators or CreatorOwner or OwnerRights;

    [SupportedOSPlatform("windows")]
    private static string CurrentUser() => _currentUser ??= FindCurrentUser();

    [SupportedOSPlatform("windows")]
    private static string FindCurrentUser()
    {
        using var user = WindowsIdentity.GetCurrent();
        return user.User!.Value;
    }
}

/// <summary>Finds the owner of a file on Linux and macOS, which .NET does not expose.</summary>
internal static unsafe partial class UnixOwner
{
    // Larger than either system's structure.
    private const int StatusBytes = 512;

    // From the ABI of Linux (struct statx, the same on every processor) and of macOS (struct stat with 64-bit inodes).
    private const int WorkingFolder = -100;
    private const uint OwnerOnly = 0x8;
    private const int LinuxOwnerOffset = 20;
    private const int MacOwnerOffset = 16;

    /// <summary>Whether another user owns a file or folder, through links. False if unknown.</summary>
    public static bool IsOther(string path)
    {
        try
        {
            return Find(path) is { } owner && owner != GetEffectiveUser();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return false;
        }
    }

    private static uint? Find(string path)
    {
        byte* status = stackalloc byte[StatusBytes];
        if (OperatingSystem.IsLinux())
        {
            return GetLinuxStatus(WorkingFolder, path, 0, OwnerOnly, status) == 0 ? *(uint*)(status + LinuxOwnerOffset) : null;
        }

        if (OperatingSystem.IsMacOS())
        {
            bool isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
            return (isArm ? GetMacStatus(path, status) : GetMacStatusOnIntel(path, status)) == 0 ? *(uint*)(status + MacOwnerOffset) : null;
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetLinuxStatus(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetMacStatus(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetMacStatusOnIntel(string path, byte* status);
}
