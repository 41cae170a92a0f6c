using System.Runtime.InteropServices;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class MachineEnvironmentTests
{
    private readonly MachineEnvironment _machine = new();

    [TestMethod]
    public void OSFamily_ThisMachine_IsWhatTheRuntimeSays()
    {
        Assert.AreEqual(OperatingSystem.IsLinux(), _machine.OSFamily == OSFamily.Linux);
        Assert.AreEqual(OperatingSystem.IsWindows(), _machine.OSFamily == OSFamily.Windows);
        Assert.AreEqual(OperatingSystem.IsMacOS(), _machine.OSFamily == OSFamily.MacOS);
        Assert.AreEqual(OperatingSystem.IsFreeBSD(), _machine.OSFamily == OSFamily.FreeBSD);
    }

    [TestMethod]
    public void Detect_ThisMachine_HasTheFactsOfTheRuntime()
    {
        var surroundings = MachineSurroundings.Detect(_machine);

        Assert.AreEqual(_machine.OSFamily, surroundings.OSFamily);
        Assert.AreEqual(Environment.OSVersion.Version.ToString(2), surroundings.OSVersion.ToString());
        Assert.AreEqual(RuntimeInformation.OSArchitecture.ToString(), surroundings.Architecture.ToString());
        Assert.AreEqual(OperatingSystem.IsLinux(), surroundings.LinuxDistribution != LinuxDistribution.None);
    }

    [TestMethod]
    public void Process_ThisOne_IsNamedWithoutFolderAndExtension()
    {
        Assert.AreEqual(Path.GetFileNameWithoutExtension(Environment.ProcessPath), _machine.ProcessName);
        CollectionAssert.AreEqual(Environment.GetCommandLineArgs(), _machine.CommandLine.ToArray());
    }

    [TestMethod]
    public void GetVariable_NameThatNoVariableCanHave_ReturnsNull()
    {
        Assert.IsNull(_machine.GetVariable(""));
        Assert.IsNull(_machine.GetVariable("CONTAINERS_TELEMETRY_NO_SUCH_VARIABLE"));
        Assert.AreEqual(Environment.GetEnvironmentVariable("PATH"), _machine.GetVariable("PATH"));
    }

    [TestMethod]
    public void ReadFile_FileLongerThanAsked_ReturnsItsStart()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "0123456789");

            Assert.AreEqual("0123", _machine.ReadFile(path, 4));
            Assert.AreEqual("0123456789", _machine.ReadFile(path, 100));
            Assert.IsTrue(_machine.FileExists(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void ReadFile_FileThatAnotherProcessHasLocked_ReturnsNull()
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream locked = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

            Assert.IsNull(_machine.ReadFile(path, 10));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow("no/such/file")]
    [DataRow("")]
    [DataRow("\0")]
    [DataRow(".", DisplayName = "A folder")]
    [DataRow("/proc/self/mem", DisplayName = "A file that opens and cannot be read")]
    public void ReadFile_NoFileToRead_ReturnsNull(string path) => Assert.IsNull(_machine.ReadFile(path, 10));

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void ReadFile_FileOfTheKernelThatClaimsNoLength_ReturnsItsContent() =>
        Assert.IsGreaterThan(0, _machine.ReadFile("/proc/self/mountinfo", 1024)?.Length ?? 0);

    [TestMethod]
    public void RegionName_InvariantGlobalization_IsNoCountry()
    {
        AppContext.TryGetSwitch("System.Globalization.Invariant", out bool invariant);

        Assert.IsTrue(invariant, "The tests run without culture data.");
        Assert.IsNull(CountryCode.From(_machine.RegionName));
    }
}
