using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>Two projects in one folder with the same global properties. The registry accepts one and refuses the other.</summary>
[TestClass]
public sealed class SharedFolderTests
{
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string Refused = "sdk/container/publish/error credential_failure";

    private static readonly Scenario OneOfTwoIsRefused = new("one of two")
    {
        Shape = new ProjectShape { ProjectCount = 2, SharesFolder = true, RuntimeIdentifiers = ["linux-x64", "linux-arm64"] },
        Arrange = stage => stage.Registry.Faults.Set("app1", new Fault(FaultDirection.Push, FaultEffect.Status(403))),
        Properties = [(PreviewFile.Property, "true")],
        Succeeds = false,
    };

    [TestMethod]
    [DataRow("in one process", "-m:1")]
    [DataRow("in two processes", "-m:2")]
    [DataRow("in task hosts", "-mt", "-m:2")]
    public async Task Each_project_of_a_folder_has_its_own_outcome(string _, params string[] arguments)
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(OneOfTwoIsRefused with { Arguments = arguments }, await PackageUnderTest.Feed);

        Assert.AreNotEqual(0, result.ExitCode);
        CollectionAssert.AreEqual(new[] { Inference, Success, Success, Success }, PreviewFile.Outcomes(result, "app2"), result.StandardOutput);
        string[] refused = PreviewFile.Outcomes(result, "app1");
        Assert.AreEqual(Inference, refused[0]);
        Assert.IsTrue(refused.Length > 1 && refused[1..].All(outcome => outcome == Refused), string.Join(", ", refused));
        Assert.HasCount(1, Ids(result, "app1"));
        Assert.HasCount(1, Ids(result, "app2"));
        Assert.AreNotEqual(Ids(result, "app1")[0], Ids(result, "app2")[0]);
    }

    private static string[] Ids(PublishResult result, string project) =>
        [.. PreviewFile.Read(result, project).Select(e => (string)e["PublishId"]!).Distinct()];
}
