using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Each publish stores its events for its user, in whichever MSBuild process the image is made.</summary>
[TestClass]
public sealed class StoreTests
{
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string Error = "sdk/container/publish/error";
    private const string Both = "linux-x64;linux-arm64";

    private static readonly Dictionary<string, (Scenario Scenario, string[] Outcomes)> Scenarios = new(StringComparer.Ordinal)
    {
        [CoreScenarios.Success.Name] = (CoreScenarios.Success, [Inference, Success]),
        [CoreScenarios.PushRefused.Name] = (CoreScenarios.PushRefused, [Inference, Error + " credential_failure"]),
        [CoreScenarios.BaseImageMissing.Name] = (CoreScenarios.BaseImageMissing, [Inference, Error + " unknown_repository"]),
        [CoreScenarios.Archive.Name] = (CoreScenarios.Archive, [Inference, Success]),
        [CoreScenarios.RuntimeMissing.Name] = (CoreScenarios.RuntimeMissing, [Inference, Error + " rid_mismatch"]),
    };

    private static readonly Scenario SeveralImages = new("several images")
    {
        Shape = new ProjectShape { RuntimeIdentifiers = Both.Split(';') },
        Properties = [("ContainerRepository", "team/app")],
    };

    private static readonly ScenarioBatches Batches = new(Scenarios.Values.Select(stored => stored.Scenario));

    public static IEnumerable<object[]> Names => Scenarios.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Outcome_is_stored(string name)
    {
        (Scenario scenario, string[] outcomes) = Scenarios[name];

        PublishResult result = await Batches.PublishAsync(scenario);
        IReadOnlyList<OtlpJsonRecord> events = await Batches.StoredAsync(scenario);

        ScenarioRun.AssertTruth(scenario, result);
        CollectionAssert.AreEqual(outcomes, events.Select(e => e.Outcome).ToArray());
        Assert.HasCount(1, events.Select(e => e.PublishId).Distinct());
        Assert.HasCount(2, events.Select(e => e.EventId).Distinct());
        Assert.AreEqual("true", events[^1].Attributes["containers_telemetry.publish.end"]);
    }

    [TestMethod]
    [DataRow("-mt")]
    [DataRow("-mt -m:2")]
    [DataRow("-m:2")]
    public async Task Outcome_is_stored_from_each_process_of_MSBuild(string arguments)
    {
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(CoreScenarios.PushRefused with { Arguments = arguments.Split(' ') }, user);

        Assert.AreNotEqual(0, result.ExitCode, result.StandardOutput);
        CollectionAssert.AreEqual(new[] { Inference, Error + " credential_failure" }, user.Events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
    }

    [TestMethod]
    [DataRow("-m:1")]
    [DataRow("-m:2")]
    [DataRow("-mt")]
    public async Task Images_of_one_publish_are_stored_beside_its_index(string arguments)
    {
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(SeveralImages with { Arguments = [arguments] }, user);

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        IReadOnlyList<OtlpJsonRecord> events = user.Events;
        Assert.HasCount(1, events.Select(e => e.PublishId).Distinct());
        CollectionAssert.AreEqual(
            new[] { "", "image", "image", "index" },
            events.Select(e => e.Attributes.GetValueOrDefault("containers_telemetry.scope", "")).ToArray());
        CollectionAssert.AreEqual(
            new[] { "false", "false", "true" },
            events.Skip(1).Select(e => e.Attributes["containers_telemetry.publish.end"]).ToArray());
        CollectionAssert.AreEquivalent(
            Both.Split(';'), events.Skip(1).Take(2).Select(e => e.Attributes["containers_telemetry.image.runtime_identifier"]).ToArray());
    }

    [TestMethod]
    public async Task Store_has_one_pseudonym_of_the_user_and_one_of_each_project()
    {
        using var user = new UserFolders();

        await PublishAsync(CoreScenarios.Success, user);
        await PublishAsync(CoreScenarios.Archive, user);

        Assert.HasCount(4, user.Events);
        Assert.HasCount(2, user.Events.Select(e => e.PublishId).Distinct());
        Assert.HasCount(1, user.Events.Select(e => e.Attributes["enduser.pseudo.id"]).Distinct());
        Assert.HasCount(2, user.Events.Select(e => e.Attributes["containers_telemetry.project.id"]).Distinct(), "Two projects have one id.");
    }

    [TestMethod]
    public async Task Key_of_an_organization_gives_a_project_one_id_for_all_users()
    {
        string[] ids = ["", ""];
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(
            new ProjectShape { Package = PackageStyle.Direct, Feed = await PackageUnderTest.Feed });
        for (int i = 0; i < ids.Length; i++)
        {
            using var user = new UserFolders();
            await ScenarioRun.PublishWarmAsync(project, request => user.Of(request with
            {
                Properties = [.. request.Properties, new("ContainersTelemetryProjectKey", "a secret of the organization")],
            }));
            ids[i] = user.Events[0].Attributes["containers_telemetry.project.id"];
        }

        Assert.AreEqual(ids[0], ids[1]);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_access_the_store()
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        using var user = new UserFolders();

        await PublishAsync(CoreScenarios.Success, user);

        string[] files = [.. UserFolders.Files(user.Data), .. UserFolders.Files(user.Configuration)];
        Assert.IsNotEmpty(files);
        foreach (string path in files.Append(Path.Combine(user.Data, "events")).Append(user.Configuration))
        {
            Assert.AreEqual(UnixFileMode.None, File.GetUnixFileMode(path) & Others, path);
        }
    }

    [TestMethod]
    [DataRow("property")]
    [DataRow("relative property")]
    [DataRow("variable")]
    public async Task Store_is_where_the_user_wants_it(string way)
    {
        using var user = new UserFolders();
        string wanted = Path.Combine(user.Root, "wanted");
        (string, string)[] property = way switch
        {
            "property" => [("ContainersTelemetryStore", wanted)],
            "relative property" => [("ContainersTelemetryStore", "telemetry")],
            _ => [],
        };

        PublishResult result = await PublishAsync(
            CoreScenarios.Success with { Properties = [.. CoreScenarios.Success.Properties, .. property] },
            user,
            environment => way == "variable" ? environment.With("CONTAINERS_TELEMETRY_STORE", wanted) : environment);

        string store = way == "relative property" ? Path.Combine(result.ProjectFolder, "app", "telemetry") : wanted;
        Assert.HasCount(2, UserFolders.ReadEvents(store));
        Assert.IsEmpty(UserFolders.Files(user.Data));
    }

    [TestMethod]
    public async Task Dimensions_of_the_organization_are_stored()
    {
        using var user = new UserFolders();
        Scenario scenario = CoreScenarios.Success with
        {
            Shape = new ProjectShape { Content = """<ItemGroup><ContainersTelemetryDimension Include="team" Value="payments" /></ItemGroup>""" },
        };

        PublishResult result = await PublishAsync(scenario, user);

        ScenarioRun.AssertTruth(scenario, result);
        CollectionAssert.AreEqual(
            new[] { "payments", "payments" }, user.Events.Select(e => e.Attributes["containers_telemetry.dimension.team"]).ToArray());
    }

    private static async Task<PublishResult> PublishAsync(Scenario scenario, UserFolders user, Func<DotnetEnvironment, DotnetEnvironment>? change = null) =>
        await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, request =>
        {
            PublishRequest changed = user.Of(request);
            return change is null ? changed : changed with { Environment = environment => change(changed.Environment(environment)) };
        });
}
