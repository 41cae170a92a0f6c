using System.Text.RegularExpressions;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Whatever breaks of ours, the publish is the one that it would have been without us.</summary>
[TestClass]
public sealed partial class FaultInjectionTests
{
    private const string Variable = "CONTAINERS_TELEMETRY_FAULT";
    private const string Sender = "Containers.Telemetry";

    private static readonly ProjectShape SeveralImages = new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64"] };

    private static readonly Dictionary<string, Scenario> Publishes = new[]
    {
        CoreScenarios.Success,
        CoreScenarios.PushRefused,
        CoreScenarios.PushRefused with { Name = "several images, refused", Shape = SeveralImages, Arguments = ["-m:1"] },
        CoreScenarios.Success with { Name = "several images with a preview", Shape = SeveralImages, Arguments = ["-m:1", $"-p:{PreviewFile.Property}=true"] },
        CoreScenarios.Success with
        {
            Name = "several images without an index",
            Shape = SeveralImages,
            Arguments = ["-m:1"],
            Arrange = stage => stage.UsePrograms((ContainerCli.Podman, ContainerCliBehavior.Healthy)),
            Registry = null,
            Properties = [("LocalRegistry", "Podman")],
        },
    }.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    /// <summary>The points where the package can be made to break, as its source names them: a new one cannot be forgotten.</summary>
    private static readonly string[] Points =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(Repository.PackageProject)!, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Point().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    // A publish without the package knows no fault: one is enough for all points.
    private static readonly Dictionary<string, Lazy<Task<PublishResult>>> PublishesWithoutPackage =
        Publishes.ToDictionary(publish => publish.Key, publish => new Lazy<Task<PublishResult>>(() => ScenarioRun.PublishWithoutPackageAsync(publish.Value)), StringComparer.Ordinal);

    public static IEnumerable<object[]> Rows =>
        from point in Points
        from publish in Publishes.Keys
        select new object[] { point, publish };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task Fault_of_ours_changes_nothing(string point, string publish)
    {
        Scenario scenario = Publishes[publish];

        PublishResult with = await ScenarioRun.PublishAsync(
            scenario,
            await PackageUnderTest.FaultyFeed,
            request => request with { Environment = user => request.Environment(user).With(Variable, point) });

        Assert.AreEqual(scenario.Succeeds, with.ExitCode == 0, with.StandardOutput);
        ScenarioRun.AssertSamePublish(await PublishesWithoutPackage[publish].Value, with, IsOurs);
    }

    private static bool IsOurs(RecordedEvent e) => e is { Kind: EventKind.Message, Sender: Sender };

    [GeneratedRegex(@"FaultInjection\.Point\(""(?<name>[^""]+)""\)")]
    private static partial Regex Point();
}
