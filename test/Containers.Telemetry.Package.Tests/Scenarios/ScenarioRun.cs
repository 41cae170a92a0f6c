using System.Collections.Concurrent;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Runs scenarios and compares their runs.</summary>
internal static class ScenarioRun
{
    private static readonly ConcurrentDictionary<PublishKey, Lazy<Task<PublishResult>>> WithoutPackage = new();

    /// <summary>Publishes the project of a scenario with the package of a feed, in a process of its own.</summary>
    public static async Task<PublishResult> PublishAsync(Scenario scenario, PackageFeed feed, Func<PublishRequest, PublishRequest>? change = null)
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        return await PublishAsync(scenario, feed, stage, change ?? (static request => request));
    }

    /// <summary>
    /// Publishes the project of a scenario with the package of a feed in a warm process, in a third of the time. For tests that do not look at the start
    /// and the end of a process. A scenario that needs a fresh process gets one.
    /// </summary>
    public static async Task<PublishResult> PublishWarmAsync(Scenario scenario, PackageFeed feed, Func<PublishRequest, PublishRequest>? change = null)
    {
        if (scenario.NeedsFreshProcess)
        {
            return await PublishAsync(scenario, feed, change);
        }

        return await WarmStage.UseAsync(
            scenario.Servers, warm => PublishAsync(scenario, feed, warm.Stage, request => warm.Of(change is null ? request : change(request))));
    }

    /// <summary>Publishes a project to the registry of a warm stage.</summary>
    public static Task<PublishResult> PublishWarmAsync(GeneratedProject project, Func<PublishRequest, PublishRequest> change) =>
        WarmStage.UseAsync("", warm => project.PublishAsync(warm.Of(change(RequestTo(warm.Stage)))));

    /// <summary>A publish to the registry of a stage.</summary>
    public static PublishRequest RequestTo(ScenarioStage stage) =>
        new() { Properties = [KeyValuePair.Create("ContainerRegistry", stage.Registry.Authority)], Environment = stage.Environment };

    private static async Task<PublishResult> PublishAsync(Scenario scenario, PackageFeed feed, ScenarioStage stage, Func<PublishRequest, PublishRequest> change)
    {
        stage.Use(scenario.Variables);
        scenario.Arrange(stage);

        GeneratedProject project = await GenerateAsync(scenario.Shape, feed);
        var request = new PublishRequest
        {
            Properties = PropertiesOf(scenario, stage),
            Arguments = scenario.Arguments,
            Target = scenario.Target,
            NoBuild = scenario.NoBuild,
            Environment = stage.Environment,
            Interrupt = stage.Interrupt,
        };
        return await project.PublishAsync(change(request));
    }

    /// <summary>Makes a fresh copy of a scenario's project with the package of a feed.</summary>
    public static Task<GeneratedProject> GenerateAsync(ProjectShape shape, PackageFeed feed)
    {
        PackageStyle style = shape.Package is PackageStyle.None ? PackageStyle.Direct : shape.Package;
        return PackageUnderTest.Workspace.GenerateAsync(shape with { Package = style, Feed = feed });
    }

    /// <summary>The global properties of a scenario's publish.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> PropertiesOf(Scenario scenario, ScenarioStage stage) =>
    [
        .. scenario.Registry is { } registry ? [KeyValuePair.Create("ContainerRegistry", stage.Fill(registry))] : Array.Empty<KeyValuePair<string, string>>(),

        // The time of creation would change the digest of each image.
        KeyValuePair.Create("ContainerGenerateLabelsImageCreated", "false"),
        .. scenario.Properties.Select(p => KeyValuePair.Create(p.Name, stage.Fill(p.Value))),
    ];

    /// <summary>
    /// Publishes the same project without the package. All tests that compare with it share one publish, because the package's settings do not affect
    /// it.
    /// </summary>
    public static Task<PublishResult> PublishWithoutPackageAsync(Scenario scenario)
    {
        Scenario plain = scenario with
        {
            Properties = [.. scenario.Properties.Where(property => !IsPackageSetting(property.Name))],
            Arguments = [.. scenario.Arguments.Where(argument => !(argument.StartsWith("-p:", StringComparison.Ordinal) && IsPackageSetting(argument[3..])))],
        };
        return WithoutPackage.GetOrAdd(
            PublishKey.Of(plain),
            _ => new(async () => await PublishWarmAsync(plain, await PackageUnderTest.Feed, WithoutPackageIn))).Value;
    }

    /// <summary>Publishes the same project in the same way without the package.</summary>
    public static async Task<PublishResult> PublishWithoutPackageAsync(Scenario scenario, Func<PublishRequest, PublishRequest> change) =>
        await PublishWarmAsync(scenario, await PackageUnderTest.Feed, request => WithoutPackageIn(change(request)));

    /// <summary>Fails unless a publish has the outcome and exactly the events of its scenario.</summary>
    public static void AssertTruth(Scenario scenario, PublishResult result)
    {
        Assert.AreEqual(scenario.Succeeds, result.ExitCode == 0, result.StandardOutput);
        CollectionAssert.AreEqual(
            scenario.Events.Select(e => e.ToString()).ToList(),
            result.ContainerEvents.Select(Describe).ToList(),
            $"Raised:\n{string.Join('\n', result.ContainerEvents.Select(Describe))}\n{result.StandardOutput}");
    }

    /// <summary>Formats an event like <see cref="ExpectedEvent.ToString"/>, and shows a null.</summary>
    public static string Describe(RecordedEvent e) =>
        new ExpectedEvent(e.Name!, [.. e.Properties!.Select(p => (p.Key, p.Value ?? "(null)"))]).ToString();

    /// <summary>Fails unless the two publishes look the same to their user, apart from expected events of the one with the package.</summary>
    public static void AssertSamePublish(PublishResult without, PublishResult with, Func<RecordedEvent, bool>? isExpected = null)
    {
        IReadOnlyList<string> differences = LogComparison.Compare(without, with, isExpected);
        Assert.IsEmpty(differences, "The package changed the publish:\n" + string.Join('\n', differences));
        CollectionAssert.AreEqual(Describe(without), Describe(with), "The outputs of the publish differ.");
    }

    private static PublishRequest WithoutPackageIn(PublishRequest request) =>
        request with { Environment = user => PackageUnderTest.WithoutPackage(request.Environment(user)) };

    private static List<string> Describe(PublishResult result)
    {
        var normalizer = new LogNormalizer(result);
        IEnumerable<string> lines = result.Outputs.SelectMany(project => project.Properties
            .Concat(project.Containers.SelectMany(container => container))
            .Select(p => $"{project.Project} {p.Key}: {p.Value}")
            .Concat(project.Names));
        return [.. lines.Select(normalizer.Normalize)];
    }

    private static bool IsPackageSetting(string name) => name.TrimStart('_').StartsWith("ContainersTelemetry", StringComparison.Ordinal);

    /// <summary>Everything that affects a publish; its expected outcome does not.</summary>
    private sealed record PublishKey(
        ProjectShape Shape,
        Action<ScenarioStage> Arrange,
        string? Registry,
        string Properties,
        string Variables,
        string Arguments,
        string? Target,
        bool NoBuild)
    {
        public static PublishKey Of(Scenario scenario) => new(
            scenario.Shape,
            scenario.Arrange,
            scenario.Registry,
            string.Join('\0', scenario.Properties),
            string.Join('\0', scenario.Variables),
            string.Join('\0', scenario.Arguments),
            scenario.Target,
            scenario.NoBuild);
    }
}
