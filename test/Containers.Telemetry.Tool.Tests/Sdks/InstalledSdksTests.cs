using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Tests.Sdks;

[TestClass]
public sealed class InstalledSdksTests
{
    [TestMethod]
    public void The_newest_is_the_first_and_a_release_is_newer_than_its_previews()
    {
        string[] newestFirst = ["10.0.401", "10.0.100", "10.0.100-rc.2.25502.107", "10.0.100-preview.7.25380.108", "9.0.300"];
        using var root = new TemporaryFolder();
        var machine = new BareMachine();
        machine.Variables["DOTNET_ROOT"] = root.Path;
        foreach (string version in newestFirst.Order(StringComparer.Ordinal).Append("NuGetFallbackFolder"))
        {
            Directory.CreateDirectory(root.Combine("sdk", version));
        }

        Assert.AreSequenceEqual(newestFirst, new InstalledSdks(machine).Folders().Select(folder => Path.GetFileName(folder)));
    }
}
