using System.Xml.Linq;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Ways to observe that look right and do not work. These tests keep them out.</summary>
[TestClass]
public sealed class TrapTests
{
    private static readonly XDocument Targets = XDocument.Load(Path.Combine(Repository.Root, "build", "Containers.Telemetry.targets"));

    private static IEnumerable<XElement> UsingTasks => Targets.Descendants("UsingTask");

    /// <summary>A task factory breaks multithreaded builds: MSBuild then runs the tasks in a process that supports no factory.</summary>
    [TestMethod]
    public void Tasks_have_no_factory()
    {
        Assert.IsNotEmpty(UsingTasks);
        Assert.IsEmpty(UsingTasks.Where(task => task.Attribute("TaskFactory") is not null || task.HasElements));
    }

    /// <summary>Without Override the last evaluated registration wins, and that is the SDK's.</summary>
    [TestMethod]
    public void Tasks_of_the_SDK_are_overridden_and_no_other()
    {
        string[] sdkTasks = ["ComputeDotnetBaseImageAndTag", "ComputeDotnetBaseImageTag", "CreateImageIndex", "CreateNewImage", "ParseContainerProperties"];

        string[] overridden =
        [
            .. UsingTasks.Where(task => (string?)task.Attribute("Override") == "true")
                .Select(task => ((string)task.Attribute("TaskName")!).Split('.')[^1])
                .Order(StringComparer.Ordinal),
        ];

        CollectionAssert.AreEqual(sdkTasks, overridden);
    }

    /// <summary>A task must not be registered while the package is off: MSBuild would load it, or would use it instead of the SDK's.</summary>
    [TestMethod]
    public void Nothing_is_registered_or_run_without_consent_and_nothing_is_overridden_unless_the_SDK_is_known()
    {
        const string Observe = "'$(_ContainersTelemetryObserve)' == 'true'";
        const string Enabled = "'$(ContainersTelemetryEnabled)' == 'true'";
        const string Bracket = "'$(_ContainersTelemetryBracket)' == 'true'";

        // Other packages call LogContainerTelemetry. Without consent the task does nothing; a task that is not registered would fail the build.
        XElement[] alwaysThere = [.. UsingTasks.Where(task => task.Attribute("Condition") is null)];
        Assert.AreEqual("Containers.Telemetry.Tasks.LogContainerTelemetry", (string?)Assert.ContainsSingle(alwaysThere).Attribute("TaskName"));
        XElement[] overrides = [.. UsingTasks.Where(task => task.Attribute("Override") is not null)];
        Assert.IsEmpty(overrides.Where(task => (string?)task.Attribute("Condition") != Observe));
        Assert.IsEmpty(UsingTasks.Except(alwaysThere).Except(overrides).Where(task => (string?)task.Attribute("Condition") is not (Enabled or Bracket)));

        XElement bracketed = Targets.Descendants("_ContainersTelemetryBracket").Single(property => property.Value == "true");
        Assert.Contains(Enabled, (string)bracketed.Attribute("Condition")!);
        string[] conditions = [Observe, Bracket, "'$(_ContainersTelemetryBegun)' == 'true'", "'$(_ContainersTelemetryBracketIsOpen)' == 'true'"];
        XElement[] bracketing =
        [
            .. Targets.Descendants("Target")
                .Where(target => target.Elements().Any(e => e.Name.LocalName.EndsWith("ContainerPublish", StringComparison.Ordinal))),
        ];
        Assert.IsNotEmpty(bracketing);
        foreach (XElement target in bracketing)
        {
            Assert.IsTrue(conditions.Any(((string)target.Attribute("Condition")!).Contains), (string?)target.Attribute("Name"));
        }
    }

    /// <summary>Otherwise a global property could control the targets, and make them call a task that is not registered.</summary>
    [TestMethod]
    public void Private_properties_are_local()
    {
        foreach (string file in (string[])["Containers.Telemetry.props", "Containers.Telemetry.targets"])
        {
            XElement project = XDocument.Load(Path.Combine(Repository.Root, "build", file)).Root!;
            IEnumerable<string> local =
                ((string)project.Attribute("TreatAsLocalProperty")!).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

            CollectionAssert.AreEquivalent(PrivateProperties(project).ToArray(), local.Where(name => name[0] == '_').ToArray());
        }
    }

    [TestMethod]
    [DataRow("false")]
    [DataRow("true")]
    public async Task Private_properties_set_from_outside_have_no_effect(string isOn)
    {
        Scenario scenario = CoreScenarios.PushRefused with
        {
            Arguments = [.. PrivateProperties(Targets.Root!).Select(name => $"-p:{name}=true"), $"-p:ContainersTelemetry={isOn}"],
        };

        PublishResult with = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);

        ScenarioRun.AssertSamePublish(await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.PushRefused), with);
        if (isOn == "true")
        {
            ScenarioRun.AssertTruth(scenario, with);
        }
    }

    /// <summary>No target runs after one that failed, so a target cannot report a failure: only an observed task can.</summary>
    [TestMethod]
    public async Task A_failure_is_reported_although_no_further_target_runs()
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.PushRefused, await PackageUnderTest.Feed);

        Assert.IsFalse(result.Events.Any(e => e is { Kind: EventRecorder.RecordedKind.TargetStarted, Name: "CapturePublishOutputs" }));
        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, result);
    }

    /// <summary>A null in telemetry has crashed worker nodes. The SDK's own events contain nulls.</summary>
    [TestMethod]
    public async Task Events_have_no_nulls_unlike_the_SDKs()
    {
        PublishResult with = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.Success);

        Assert.IsNotEmpty(without.ContainerEvents.Where(e => e.Properties!.Values.Contains(null)));
        Assert.IsNotEmpty(with.ContainerEvents);
        Assert.IsEmpty(with.ContainerEvents.Where(e => e.Properties!.Values.Contains(null)));
    }

    private static IEnumerable<string> PrivateProperties(XElement project) => project.Descendants("PropertyGroup")
        .SelectMany(group => group.Elements())
        .Select(property => property.Name.LocalName)
        .Where(name => name.StartsWith("_ContainersTelemetry", StringComparison.Ordinal))
        .Distinct();
}
