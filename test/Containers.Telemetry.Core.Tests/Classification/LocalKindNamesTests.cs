using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class LocalKindNamesTests
{
    [TestMethod]
    [DataRow("Docker", OSFamily.Windows, "Docker")]
    [DataRow("Podman", OSFamily.MacOS, "Podman")]
    [DataRow("Unknown", OSFamily.Windows, "Wslc")]
    [DataRow("Unknown", OSFamily.MacOS, "MacOSContainer")]
    [DataRow("Unknown", OSFamily.Linux, "Unknown")]
    [DataRow(null, OSFamily.Windows, null)]
    public void FromSdkTelemetry_NameOrNone_GivesTheRuntimeOfTheSystem(string? name, OSFamily system, string? expected) =>
        Assert.AreEqual(expected, LocalKindNames.FromSdkTelemetry(name, system));
}
