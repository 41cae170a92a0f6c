using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class WslDetectorTests
{
    [TestMethod]
    [DataRow("/proc/sys/kernel/osrelease", "5.15.90.1-microsoft-standard-WSL2\n", true)]
    [DataRow("/proc/sys/kernel/osrelease", "4.4.0-19041-Microsoft\n", true)]
    [DataRow("/proc/sys/kernel/osrelease", "6.8.0-45-generic\n", false)]
    [DataRow("/proc/version", "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)", true)]
    [DataRow("/proc/version", "Linux version 6.8.0-45-generic (buildd@lcy02)", false)]
    public void IsWsl_Kernel_TellsByItsRelease(string path, string content, bool expected) =>
        Assert.AreEqual(expected, MachineSurroundings.Detect(FakeMachine.WithFile(path, content)).IsWsl);

    [TestMethod]
    public void IsWsl_KernelThatMicrosoftBuiltForAnotherUse_IsNot()
    {
        FakeMachine machine = FakeMachine.WithFile("/proc/sys/kernel/osrelease", "6.6.57.1-7.azl3");
        machine.Files["/proc/version"] = "Linux version 6.6.57.1-7.azl3 (root@build.microsoft.example)";

        Assert.IsFalse(MachineSurroundings.Detect(machine).IsWsl);
    }

    [TestMethod]
    public void IsWsl_DistributionNameUnderAKernelOfTheUsers_Is() =>
        Assert.IsTrue(MachineSurroundings.Detect(FakeMachine.WithVariables("WSL_DISTRO_NAME=Ubuntu")).IsWsl);

    [TestMethod]
    public void IsWsl_ContainerOnTheKernelOfWsl_IsNot()
    {
        FakeMachine machine = FakeMachine.WithVariables("WSL_DISTRO_NAME=Ubuntu");
        machine.Files["/proc/sys/kernel/osrelease"] = "5.15.90.1-microsoft-standard-WSL2";
        machine.Files["/.dockerenv"] = "";

        var surroundings = MachineSurroundings.Detect(machine);

        Assert.IsFalse(surroundings.IsWsl);
        Assert.AreEqual(ContainerRuntime.Docker, surroundings.ContainerRuntime);
    }

    [TestMethod]
    public void IsWsl_WindowsWithTheVariablesOfWsl_IsNot() =>
        Assert.IsFalse(MachineSurroundings.Detect(FakeMachine.WithVariables("WSL_DISTRO_NAME=Ubuntu", OSFamily.Windows)).IsWsl);
}
