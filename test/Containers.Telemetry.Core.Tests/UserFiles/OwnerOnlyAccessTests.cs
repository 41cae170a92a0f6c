using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Containers.Telemetry.Core.Tests.Store;

namespace Containers.Telemetry.UserFiles;

[TestClass]
public sealed class OwnerOnlyAccessTests
{
    [TestMethod]
    public void Describe_User_IsAProtectedListOfThatUserTheSystemAndAdministrators() =>
        Assert.AreEqual(
            "D:P(A;OICI;FA;;;S-1-5-21-1-2-3-1001)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)",
            OwnerOnlyAccess.Describe("S-1-5-21-1-2-3-1001"));

    /// <summary>Other systems have no access lists of this kind.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Windows)]
    [SupportedOSPlatform("windows")]
    public void Append_FolderThatEverybodyMayRead_MakesAFolderOfTheOwnersAlone()
    {
        using var folder = new LogFolder();
        var everyone = new FileSystemAccessRule(
            new SecurityIdentifier(WellKnownSidType.WorldSid, null),
            FileSystemRights.FullControl,
            InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
            PropagationFlags.None,
            AccessControlType.Allow);
        var shared = new DirectoryInfo(folder.Combine());
        DirectorySecurity access = shared.GetAccessControl();
        access.AddAccessRule(everyone);
        shared.SetAccessControl(access);

        folder.Open().AppendLines("line");

        string expected = OwnerOnlyAccess.Describe(WindowsIdentity.GetCurrent().User!.Value);
        var own = new DirectoryInfo(folder.Path);
        Assert.AreEqual(expected, own.GetAccessControl().GetSecurityDescriptorSddlForm(AccessControlSections.Access).Replace("D:PAI", "D:P", StringComparison.Ordinal));
        foreach (FileInfo file in own.EnumerateFiles())
        {
            Assert.IsFalse(
                file.GetAccessControl().GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>().Any(rule => rule.IdentityReference == everyone.IdentityReference),
                file.Name);
        }
    }
}
