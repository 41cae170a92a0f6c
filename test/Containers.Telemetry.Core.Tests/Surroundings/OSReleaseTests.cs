using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class OSReleaseTests
{
    [TestMethod]
    [DataRow("ID=debian\nVERSION_ID=\"12\"", LinuxDistribution.Debian, "12")]
    [DataRow("NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian", LinuxDistribution.Ubuntu, "24.04")]
    [DataRow("ID=alpine\nVERSION_ID=3.20.3", LinuxDistribution.Alpine, "3.20")]
    [DataRow("ID=alpine\nVERSION_ID=3.21_alpha20240807", LinuxDistribution.Alpine, null)]
    [DataRow("ID=fedora\r\nVERSION_ID=40\r\n", LinuxDistribution.Fedora, "40")]
    [DataRow("ID=\"rhel\"\nVERSION_ID=\"9.4\"", LinuxDistribution.RedHatEnterpriseLinux, "9.4")]
    [DataRow("ID='centos'\nVERSION_ID='9'", LinuxDistribution.CentOS, "9")]
    [DataRow("ID=rocky\nVERSION_ID=9.4", LinuxDistribution.RockyLinux, "9.4")]
    [DataRow("ID=almalinux\nVERSION_ID=9.4", LinuxDistribution.AlmaLinux, "9.4")]
    [DataRow("ID=amzn\nVERSION_ID=2023", LinuxDistribution.AmazonLinux, "2023")]
    [DataRow("ID=azurelinux\nVERSION_ID=3.0", LinuxDistribution.AzureLinux, "3.0")]
    [DataRow("ID=mariner\nVERSION_ID=2.0", LinuxDistribution.CblMariner, "2.0")]
    [DataRow("ID=sles\nVERSION_ID=15.6", LinuxDistribution.SuseLinuxEnterprise, "15.6")]
    [DataRow("ID=opensuse-leap\nVERSION_ID=15.6", LinuxDistribution.OpenSuseLeap, "15.6")]
    [DataRow("ID=opensuse-tumbleweed\nVERSION_ID=20240807", LinuxDistribution.OpenSuseTumbleweed, null)]
    [DataRow("ID=arch\nBUILD_ID=rolling", LinuxDistribution.Arch, null)]
    [DataRow("ID=nixos\nVERSION_ID=24.11", LinuxDistribution.NixOS, "24.11")]
    [DataRow("ID=ol\nVERSION_ID=9.4", LinuxDistribution.OracleLinux, "9.4")]
    [DataRow("ID=gentoo\nVERSION_ID=2.15", LinuxDistribution.Gentoo, "2.15")]
    [DataRow("ID=kali\nVERSION_ID=2024.2", LinuxDistribution.Kali, "2024.2")]
    [DataRow("ID=linuxmint\nVERSION_ID=22", LinuxDistribution.LinuxMint, "22")]
    [DataRow("ID=manjaro", LinuxDistribution.Manjaro, null)]
    [DataRow("ID=pop\nVERSION_ID=22.04", LinuxDistribution.PopOS, "22.04")]
    [DataRow("ID=raspbian\nVERSION_ID=12", LinuxDistribution.Raspbian, "12")]
    [DataRow("ID=wolfi\nVERSION_ID=20230201", LinuxDistribution.Wolfi, null)]
    public void Parse_KnownDistribution_ReturnsItAndItsVersion(string content, LinuxDistribution distribution, string? version) =>
        AssertRead(content, distribution, version);

    [TestMethod]
    [DataRow("ID=my-secret-distro\nVERSION_ID=4.2\nID_LIKE=debian", DisplayName = "A distribution of the user's own, with its version")]
    [DataRow("ID=Debian", DisplayName = "Identifiers are lower-case by the format")]
    [DataRow("ID=debian-secret\nVERSION_ID=12", DisplayName = "A known name with more behind it")]
    [DataRow("ID=\"debian\nVERSION_ID=12", DisplayName = "A quote that does not end")]
    [DataRow("ID=\"\nVERSION_ID=\"", DisplayName = "A quote alone")]
    [DataRow("ID=$(cat /etc/passwd)", DisplayName = "A command")]
    [DataRow("XID=debian\nID =debian\n#ID=debian", DisplayName = "Other names")]
    [DataRow("VERSION_ID=12", DisplayName = "A version of nothing")]
    [DataRow("=\n==\nID\nID=", DisplayName = "Malformed lines")]
    [DataRow("", DisplayName = "An empty file")]
    public void Parse_UnknownDistributionOrMalformed_ReturnsOtherWithoutVersion(string content) =>
        AssertRead(content, LinuxDistribution.Other, version: null);

    [TestMethod]
    [DataRow("ID=debian\nVERSION_ID=secret")]
    [DataRow("ID=debian\nVERSION_ID=12.secret")]
    [DataRow("ID=debian\nVERSION_ID=12-secret")]
    [DataRow("ID=debian\nVERSION_ID=-1")]
    [DataRow("ID=debian\nVERSION_ID=4915551234567")]
    public void Parse_VersionThatIsNone_KeepsTheDistributionAlone(string content) =>
        AssertRead(content, LinuxDistribution.Debian, version: null);

    [TestMethod]
    public void Parse_NameAssignedTwice_LastCounts() =>
        AssertRead("ID=debian\nID=fedora\nVERSION_ID=12\nVERSION_ID=40", LinuxDistribution.Fedora, "40");

    [TestMethod]
    public void Read_NoFileInEtc_ReadsTheVendorsFile()
    {
        FakeMachine machine = FakeMachine.WithFile("/usr/lib/os-release", "ID=fedora\nVERSION_ID=40");

        Assert.AreEqual(LinuxDistribution.Fedora, OSRelease.Read(machine).Distribution);
    }

    [TestMethod]
    public void Read_NoFileAtAll_ReturnsOther() =>
        Assert.AreEqual(new OSRelease(LinuxDistribution.Other, null), OSRelease.Read(new FakeMachine()));

    private static void AssertRead(string content, LinuxDistribution distribution, string? version)
    {
        OSRelease release = OSRelease.Parse(content);

        Assert.AreEqual(distribution, release.Distribution);
        Assert.AreEqual(version, release.Version?.ToString());
    }
}
