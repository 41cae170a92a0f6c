using System.Runtime.Versioning;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.UserFiles;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class ConfigFolderTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ReadableByAll = OwnerOnly
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [TestMethod]
    [DataRow(false, DisplayName = "when a file is written")]
    [DataRow(true, DisplayName = "when a file that the folder has is read")]
    public void Folder_that_the_user_made_for_all_to_read_becomes_the_users_alone(bool hasFile)
    {
        using var parent = new TestFolder();
        string path = Directory.CreateDirectory(parent.Combine("config")).FullName;
        if (hasFile)
        {
            parent.Write(Path.Combine("config", "notice"), "shown");
        }

        File.SetUnixFileMode(path, ReadableByAll);
        ConfigFile file = new ConfigFolder(path).File("notice");

        Assert.AreEqual("shown", hasFile ? file.Read() : file.Ensure(static _ => true, static () => "shown", out _));

        Assert.AreEqual(OwnerOnly, File.GetUnixFileMode(path));
    }
}
