using Containers.Telemetry.Core.Tests.Surroundings;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
public sealed class DataFolderTests
{
    [TestMethod]
    [DataRow(OSFamily.Linux, "HOME=/home/u", "/home/u/.local/share/containers-telemetry")]
    [DataRow(OSFamily.Linux, "HOME=/home/u;XDG_DATA_HOME=/data", "/data/containers-telemetry")]
    [DataRow(OSFamily.Linux, "HOME=/home/u;XDG_DATA_HOME=relative", "/home/u/.local/share/containers-telemetry")]
    [DataRow(OSFamily.Linux, "XDG_DATA_HOME=/data", "/data/containers-telemetry")]
    [DataRow(OSFamily.FreeBSD, "HOME=/home/u", "/home/u/.local/share/containers-telemetry")]
    [DataRow(OSFamily.MacOS, "HOME=/Users/u;XDG_DATA_HOME=/data", "/Users/u/Library/Application Support/containers-telemetry")]
    [DataRow(OSFamily.Windows, @"LOCALAPPDATA=C:\Users\u\AppData\Local", @"C:\Users\u\AppData\Local|containers-telemetry")]
    [DataRow(OSFamily.Linux, "", null)]
    [DataRow(OSFamily.Linux, "HOME=", null)]
    [DataRow(OSFamily.Linux, "HOME=relative", null)]
    [DataRow(OSFamily.MacOS, "XDG_DATA_HOME=/data", null)]
    [DataRow(OSFamily.Windows, "HOME=/home/u", null)]
    public void Resolve_NoSetting_FollowsThePlatform(OSFamily platform, string variables, string? expected)
    {
        DataFolder folder = Resolve(null, variables, platform);

        Assert.IsNull(folder.Problem);
        Assert.AreEqual(expected?.Replace('|', Path.DirectorySeparatorChar), Slashed(folder.Path, platform));
    }

    [TestMethod]
    [DataRow(OSFamily.Linux, "/repo/store", "CONTAINERS_TELEMETRY_STORE=/other", "/repo/store", DisplayName = "The property comes first")]
    [DataRow(OSFamily.Linux, " /repo/store ", "", "/repo/store")]
    [DataRow(OSFamily.Linux, "/a b/ö", "", "/a b/ö")]
    [DataRow(OSFamily.Linux, " ", "CONTAINERS_TELEMETRY_STORE=/other", "/other")]
    [DataRow(OSFamily.Linux, null, "CONTAINERS_TELEMETRY_STORE=/other", "/other")]
    [DataRow(OSFamily.Windows, @"D:\store", "", @"D:\store")]
    [DataRow(OSFamily.Windows, "D:/store", "", "D:/store")]
    [DataRow(OSFamily.Windows, @"\\server\share", "", @"\\server\share")]
    public void Resolve_UsableSetting_IsUsed(OSFamily platform, string? property, string variables, string expected)
    {
        DataFolder folder = Resolve(property, "HOME=/home/u;" + variables, platform);

        Assert.IsNull(folder.Problem);
        Assert.AreEqual(expected, folder.Path);
    }

    [TestMethod]
    [DataRow(OSFamily.Linux, "secret/store")]
    [DataRow(OSFamily.Linux, "~/secret")]
    [DataRow(OSFamily.Linux, @"C:\secret")]
    [DataRow(OSFamily.Linux, "/secret\0")]
    [DataRow(OSFamily.Linux, "/secret\n/store")]
    [DataRow(OSFamily.Windows, "/secret")]
    [DataRow(OSFamily.Windows, @"\secret")]
    [DataRow(OSFamily.Windows, "C:secret")]
    [DataRow(OSFamily.Windows, @"C:\secret|store")]
    [DataRow(OSFamily.Windows, @"C:\secret*")]
    public void Resolve_UnusableProperty_SaysSoOnce_AndTheDefaultApplies(OSFamily platform, string property)
    {
        const string Home = @"HOME=/home/u;LOCALAPPDATA=C:\u;CONTAINERS_TELEMETRY_STORE=/other";

        DataFolder folder = Resolve(property, Home, platform);

        Assert.AreEqual(Resolve(null, @"HOME=/home/u;LOCALAPPDATA=C:\u", platform).Path, folder.Path);
        Assert.AreEqual("CTEL0005", folder.Problem?.Code);
        Assert.Contains("property ContainersTelemetryStore", folder.Problem!.Text);
        Assert.DoesNotContain("secret", folder.Problem.Text);
    }

    [TestMethod]
    public void Resolve_UnusableVariable_IsNamed()
    {
        DataFolder folder = Resolve(null, "HOME=/home/u;CONTAINERS_TELEMETRY_STORE=secret", OSFamily.Linux);

        Assert.AreEqual("/home/u/.local/share/containers-telemetry", Slashed(folder.Path, OSFamily.Linux));
        Assert.Contains("environment variable CONTAINERS_TELEMETRY_STORE", folder.Problem!.Text);
    }

    [TestMethod]
    [DataRow("", "/accounts/u/.local/share/containers-telemetry")]
    [DataRow("HOME=", "/accounts/u/.local/share/containers-telemetry")]
    [DataRow("HOME=/home/u", "/home/u/.local/share/containers-telemetry")]
    [DataRow("XDG_DATA_HOME=/data", "/data/containers-telemetry")]
    public void Without_HOME_the_home_of_the_account_applies(string variables, string expected)
    {
        DataFolder folder = DataFolder.Resolve(null, FakeMachine.WithVariables(variables, OSFamily.Linux).GetVariable, OSFamily.Linux, "/accounts/u");

        Assert.AreEqual(expected, Slashed(folder.Path, OSFamily.Linux));
    }

    private static DataFolder Resolve(string? property, string variables, OSFamily platform) =>
        DataFolder.Resolve(property, FakeMachine.WithVariables(variables, platform).GetVariable, platform);

    // The product joins paths with the separator of the machine that runs the tests.
    private static string? Slashed(string? path, OSFamily platform) => platform == OSFamily.Windows ? path : path?.Replace('\\', '/');
}
