using System.Text;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Tests.Sdks;

[TestClass]
public sealed class KnownSdksTests
{
    private const string Version = "10.0.401";

    [TestMethod]
    [DataRow("\n", false)]
    [DataRow("\r\n", false)]
    [DataRow("\n", true)]
    [DataRow("\r\n", true)]
    public void SupportOf_KnownTargetsHoweverTheyWereCheckedOut_IsObserved(string lineEnd, bool hasMark)
    {
        using var folder = new TemporaryFolder();
        string text = File.ReadAllText(TargetsOf(new InstalledSdks(MachineEnvironment.Current).Folders()[0])).ReplaceLineEndings(lineEnd);

        Assert.AreEqual(SdkSupport.Observed, SupportOf(text, hasMark, folder));
    }

    [TestMethod]
    public void SupportOf_TargetsThatWereChanged_IsUnknownTargets()
    {
        using var folder = new TemporaryFolder();
        string text = File.ReadAllText(TargetsOf(new InstalledSdks(MachineEnvironment.Current).Folders()[0])) + " ";

        Assert.AreEqual(SdkSupport.UnknownTargets, SupportOf(text, hasMark: false, folder));
    }

    private static SdkSupport SupportOf(string targets, bool hasMark, TemporaryFolder folder)
    {
        string sdk = folder.Combine(Version);
        Directory.CreateDirectory(Path.GetDirectoryName(TargetsOf(sdk))!);
        File.WriteAllText(TargetsOf(sdk), targets, new UTF8Encoding(hasMark));
        return KnownSdks.OfThisTool.SupportOf(sdk);
    }

    private static string TargetsOf(string sdk) => Path.Combine(sdk, "Containers", "build", "Microsoft.NET.Build.Containers.targets");
}
