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

    [TestMethod]
    [DataRow("S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1001", 0x1F01FF, null)]
    [DataRow("S-1-5-32-544", "S-1-5-18", 0x1F01FF, null)]
    [DataRow("S-1-5-21-1-2-3-1001", "S-1-1-0", 0x1200A9, null)]
    [DataRow("S-1-5-21-1-2-3-1002", "S-1-5-18", 0x1F01FF, StoreFault.OwnedByOther)]
    [DataRow("S-1-5-21-1-2-3-1001", "S-1-5-11", 0x1301BF, StoreFault.WritableByOthers)]
    [DataRow("S-1-5-21-1-2-3-1001", "S-1-1-0", 0x10000000, StoreFault.WritableByOthers)]
    [DataRow("S-1-5-21-1-2-3-1001", "S-1-5-32-545", 0x40000, StoreFault.WritableByOthers)]
    public void FindFault_OwnerAndGrant_AllowsTheUserTheSystemAndAdministratorsAlone(string owner, string other, int rights, StoreFault? expected) =>
        Assert.AreEqual(expected, OwnerOnlyAccess.FindFault("S-1-5-21-1-2-3-1001", owner, [("S-1-5-21-1-2-3-1001", 0x1F01FF), (other, rights)]));

    /// <summary>Only Windows has access lists of this kind.</summary>
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
        Assert.AreEqual(
            expected, own.GetAccessControl().GetSecurityDescriptorSddlForm(AccessControlSections.Access).Replace("D:PAI", "D:P", StringComparison.Ordinal));
        foreach (FileInfo file in own.EnumerateFiles())
        {
            Assert.IsFalse(
                file.GetAccessControl()
                    .GetAccessRules(true, true, typeof(SecurityIdentifier))
                    .Cast<FileSystemAccessRule>()
                    .Any(rule => rule.IdentityReference == everyone.IdentityReference),
                file.Name);
        }
    }
}
