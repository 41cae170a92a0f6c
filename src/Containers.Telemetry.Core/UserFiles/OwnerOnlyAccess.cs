using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Containers.Telemetry.UserFiles;

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
