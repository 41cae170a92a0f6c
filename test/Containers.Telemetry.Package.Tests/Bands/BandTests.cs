using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;
using BandTable = Containers.Telemetry.TestInfrastructure.Publishing.Bands.Bands;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>
/// Publishes with the SDK of every band. The package observes them with the same outcomes as with the installed SDK, unless it does not know the
/// SDK's targets, and changes none of them.
/// </summary>
[TestClass]
public sealed class BandTests
{
    private const string Observation = "containers_telemetry.observation";
    private const string Runtimes = "containers_telemetry.target_runtime_identifiers";
    private const string EndsPublish = "containers_telemetry.publish.end";
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string UnknownError = "sdk/container/publish/error unknown";

    private static readonly (string Property, string Attribute)[] Destinations =
    [
        ("RemotePushType", "containers_telemetry.push.remote_kind"),
        ("LocalPushType", "containers_telemetry.push.local_kind"),
    ];

    /// <summary>The band of the SDK that runs the tests.</summary>
    private static readonly Band Installed = new("the installed SDK");

    private static readonly Dictionary<string, Band> ByName = BandTable.All.Prepend(Installed).ToDictionary(band => band.Name, StringComparer.Ordinal);

    public static IEnumerable<object[]> Names => ByName.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Publishes_with_the_SDK_of_a_band_have_true_outcomes_and_are_not_changed(string name)
    {
        Band band = ByName[name];
        using var folder = new TemporaryFolder();
        var batch = new ScenarioBatch(ScenariosOf(band), static () => PackageUnderTest.Feed);

        (ScenarioBatch.Run with, ScenarioBatch.Run without) =
            await batch.PublishBothAsync(band == Installed ? DotnetHost.Path : BandSdk.Create(band, folder.Path));

        foreach (Scenario scenario in batch.Scenarios)
        {
            AssertTruth(band, scenario, with.Publishes[scenario.Name], without.Publishes[scenario.Name], with.Stored[scenario.Name]);
            ScenarioRun.AssertSamePublish(without.Publishes[scenario.Name], with.Publishes[scenario.Name]);
        }
    }

    private static Scenario[] ScenariosOf(Band band)
    {
        Scenario[] scenarios =
        [
            .. BandScenarios.OneImage,
            .. band.ImageIndex == ImageIndexSupport.None ? [BandScenarios.OneImageOfSeveral] : BandScenarios.SeveralImages,
        ];
        return band.NamesTasksEarly ? [.. scenarios.Select(BandScenarios.NameTasksEarly)] : scenarios;
    }

    private static void AssertTruth(Band band, Scenario scenario, PublishResult with, PublishResult without, IReadOnlyList<OtlpJsonRecord> stored)
    {
        Assert.AreEqual(scenario.Succeeds, with.ExitCode == 0, $"{band}, {scenario}: {with.StandardOutput}");
        CollectionAssert.AreEqual(
            StoredOutcomes(band, scenario), Outcomes(stored), $"{band}, {scenario}, stored: {string.Join(", ", stored.Select(e => e.Outcome))}");
        Assert.IsTrue(
            stored.All(e => e.Attributes[Observation] == (band.IsObserved ? "observed" : "bracketed")), $"{band}, {scenario} is not observed as it should be.");

        bool isObserved = band.IsObserved && scenario.Events.Length > 0;
        if (isObserved && scenario.Succeeds)
        {
            AssertRuntimes(scenario, stored);
            AssertDestination(scenario, stored);
        }

        CollectionAssert.AreEqual(
            isObserved ? ChannelEvents(band, scenario) : [.. without.ContainerEvents.Select(ScenarioRun.Describe)],
            with.ContainerEvents.Select(ScenarioRun.Describe).ToArray(),
            $"{band}, {scenario}, in the SDK's channel");
    }

    private static void AssertRuntimes(Scenario scenario, IReadOnlyList<OtlpJsonRecord> stored)
    {
        OtlpJsonRecord inference = stored.Single(e => e.EventName == Inference);
        string expected = scenario.Events[0].Properties.Single(property => property.Key == "TargetRuntimes").Value;
        Assert.AreEqual(expected, inference.Attributes.GetValueOrDefault(Runtimes), $"{scenario}, {Runtimes}");
    }

    private static void AssertDestination(Scenario scenario, IReadOnlyList<OtlpJsonRecord> stored)
    {
        OtlpJsonRecord end = stored.Single(e => e.Attributes.GetValueOrDefault(EndsPublish) == "true");
        foreach ((string property, string attribute) in Destinations)
        {
            string? expected = scenario.Events[^1].Properties.FirstOrDefault(one => one.Key == property).Value;
            Assert.AreEqual(expected, end.Attributes.GetValueOrDefault(attribute), $"{scenario}, {attribute}");
        }
    }

    /// <summary>The stored events of a publish: the inference, and the outcome of the whole publish.</summary>
    private static string[] Outcomes(IReadOnlyList<OtlpJsonRecord> stored) =>
        [.. stored.Where(e => e.EventName == Inference || e.Attributes.GetValueOrDefault(EndsPublish) == "true").Select(e => e.Outcome)];

    private static string[] StoredOutcomes(Band band, Scenario scenario)
    {
        if (band.IsObserved || scenario.Events.Length == 0)
        {
            return [.. scenario.Events.Select(OutcomeOf)];
        }

        // A bracket opens after the settings were read, and does not see the kind of an error.
        bool failsBefore = scenario.Properties.Any(property => property.Name == "ContainerImageTag");
        return failsBefore ? [] : [Inference, scenario.Succeeds ? Success : UnknownError];
    }

    private static string OutcomeOf(ExpectedEvent expected) =>
        string.Join(' ', expected.Properties.Where(property => property.Key == "error").Select(property => property.Value).Prepend(expected.Name));

    private static string[] ChannelEvents(Band band, Scenario scenario)
    {
        if (!band.HasTelemetry)
        {
            return [];
        }

        return [.. scenario.Events.Select(e => band.BaseImageChoice == BaseImageChoice.OneRuntime ? WithOneRuntime(e) : e).Select(e => e.ToString())];
    }

    private static ExpectedEvent WithOneRuntime(ExpectedEvent expected) =>
        new(expected.Name, [.. expected.Properties.Select(property => (property.Key == "TargetRuntimes" ? "TargetRuntime" : property.Key, property.Value))]);
}
