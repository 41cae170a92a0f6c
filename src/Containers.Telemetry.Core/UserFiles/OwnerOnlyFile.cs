using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Containers.Telemetry.UserFiles;

/// <summary>Opens files that only their owner may read, and never through a symbolic link.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file to be written without a buffer: each write is handed to the system as it is.</summary>
    /// <exception cref="StoreException">The file is a symbolic link, or no file.</exception>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        // A file that is created anew cannot be a link: the system refuses to create it through one.
        if (mode != FileMode.CreateNew && IsSymbolicLink(path))
        {
            throw new StoreException(StoreFault.SymbolicLink);
        }

        return PlainFile.OpenWrite(path, mode, share, OwnerOnly);
    }

    private static bool IsSymbolicLink(string path)
    {
        FileAttributes attributes = new FileInfo(path).Attributes;

        return attributes != OwnerOnlyFolder.Absent && (attributes & FileAttributes.ReparsePoint) != 0;
    }
}

/// <summary>The access list of a folder on Windows that belongs to one user.</summary>
internal static class OwnerOnlyAccess
{
    /// <summary>The access list for a folder of the user who runs this process.</summary>
    [SupportedOSPlatform("windows")]
    public static DirectorySecurity OfCurrentUser()
    {
        using var user = WindowsIdentity.GetCurrent();
        var access = new DirectorySecurity();
        access.SetSecurityDescriptorSddlForm(Describe(user.User!.Value), AccessControlSections.Access);
        return access;
    }

    /// <summary>
    /// Returns the list in the Security Descriptor Definition Language. It is protected (<c>P</c>), so the folder inherits nothing. As in
    /// a user's profile, the user, the system (<c>SY</c>) and administrators (<c>BA</c>) have full access (<c>FA</c>), and so they have to
    /// all files and folders in it (<c>OICI</c>).
    /// </summary>
    /// <param name="user">The security identifier of the user, such as <c>S-1-5-21-1-2-3-1001</c>.</param>
    public static string Describe(string user) => $"D:P(A;OICI;FA;;;{user})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
}
