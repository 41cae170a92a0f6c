using System.Runtime.Versioning;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>A store that cannot be written costs one message of low importance. The publish and the SDK's telemetry stay the same.</summary>
[TestClass]
public sealed class StoreFaultTests
{
    private const string IsFile = "The folder, or a parent folder, is a file.";
    private const string IsLink = "The folder, a parent folder, or a file in it is a symbolic link.";
    private const string IsFull = "The disk is full.";

    [TestMethod]
    [DataRow("a file", IsFile)]
    [DataRow("below a file", IsFile)]
    [DataRow("a link", IsLink)]
    public async Task Store_that_cannot_be_used_is_one_message(string kind, string reason)
    {
        using var user = new UserFolders();
        string store = Path.Combine(user.Root, "store");
        string events = Path.Combine(store, "events");
        string elsewhere = Directory.CreateDirectory(Path.Combine(user.Root, "elsewhere")).FullName;
        switch (kind)
        {
            case "a file":
                await File.WriteAllTextAsync(store, "precious");
                break;
            case "below a file":
                await File.WriteAllTextAsync(Path.Combine(user.Root, "file"), "precious");
                store = Path.Combine(user.Root, "file", "store");
                break;
            default:
                Directory.CreateDirectory(store);
                Directory.CreateSymbolicLink(events, elsewhere);
                break;
        }

        await AssertUntouchedAsync(reason, request => user.Of(request) with { Properties = [.. request.Properties, new("ContainersTelemetryStore", store)] });
        Assert.IsEmpty(UserFolders.Files(elsewhere));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task Store_that_others_may_write_to_is_one_warning_a_day_and_never_an_error()
    {
        using var folder = new TemporaryFolder();
        string store = Directory.CreateDirectory(folder.Combine("store")).FullName;
        File.SetUnixFileMode(store, (UnixFileMode)0b111_111_101);
        PublishResult first;
        PublishResult second;
        DateTime day;
        do
        {
            // Around midnight both publishes would warn, each on its own day.
            day = DateTime.UtcNow.Date;
            using var user = new UserFolders();
            Func<PublishRequest, PublishRequest> change = request => user.Of(request) with
            {
                Properties = [.. request.Properties, new("ContainersTelemetryStore", store)],
                Arguments = [.. request.Arguments, "-warnaserror"],
            };
            first = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed, change);
            second = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed, change);
        }
        while (DateTime.UtcNow.Date != day);

        ScenarioRun.AssertTruth(CoreScenarios.Success, first);
        ScenarioRun.AssertTruth(CoreScenarios.Success, second);
        RecordedEvent warning = first.Warnings.Single();
        Assert.AreEqual("CTEL0027", warning.Code);
        Assert.AreEqual(
            "Container publishes are not stored. Other users may write to the folder of the store. "
                + "Run chmod go-w on it; containers-telemetry doctor prints the command.",
            warning.Text);
        Assert.IsEmpty(second.Warnings);
        Assert.IsEmpty(UserFolders.Files(store));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task User_without_a_home_is_one_message() => await AssertUntouchedAsync(IsFile, request => request with
    {
        // A home that is not a folder. For an absent variable the runtime would use the system's list of users.
        Environment = user => request.Environment(user).With("XDG_DATA_HOME", "/dev/null").With("XDG_CONFIG_HOME", "/dev/null"),
    });

    [TestMethod]
    public async Task Full_disk_is_one_message_and_events_are_stored_again_when_there_is_room()
    {
        using var disk = TemporaryFileSystem.MountOrInconclusive("size=64k");
        string data = Path.Combine(disk.Path, "data");
        Func<PublishRequest, PublishRequest> toDisk = request => request with
        {
            Environment = user => request.Environment(user).With("XDG_DATA_HOME", data).With("XDG_CONFIG_HOME", Path.Combine(disk.Path, "config")),
        };
        disk.Fill();
        await AssertUntouchedAsync(IsFull, toDisk);

        disk.MakeRoom();
        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed, toDisk);

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
        Assert.HasCount(2, UserFolders.ReadEvents(Path.Combine(data, "containers-telemetry")));
    }

    /// <summary>Each setting with its value and the code of its warning.</summary>
    [TestMethod]
    [DataRow(
        "ContainersTelemetryStore", "~/telemetry", "CTEL0005",
        "ContainersTelemetryStoreSizeLimit", "much", "CTEL0006",
        "ContainersTelemetryStoreRetention", "-77", "CTEL0007",
        "ContainersTelemetryEndpoint", "ftp://127.0.0.1", "CTEL0008",
        "ContainersTelemetryExportBudget", "-88", "CTEL0011",
        "ContainersTelemetryProjectKey", "short", "CTEL0014",
        DisplayName = "Properties")]
    [DataRow("ContainersTelemetryEndpoint", "no address", "CTEL0008", DisplayName = "An endpoint that is none")]
    [DataRow("ContainersTelemetryEndpoint", "http://collector.example", "CTEL0009", DisplayName = "An endpoint that anybody could listen to")]
    [DataRow("CONTAINERS_TELEMETRY_STORE", "relative", "CTEL0005", "OTEL_EXPORTER_OTLP_ENDPOINT", "no address", "CTEL0008", DisplayName = "Variables")]
    public async Task Invalid_setting_is_one_warning_and_events_are_stored(params string[] settings)
    {
        using var user = new UserFolders();
        (string Name, string Value, string Code)[] wrong = [.. settings.Chunk(3).Select(setting => (setting[0], setting[1], setting[2]))];
        ILookup<bool, KeyValuePair<string, string>> byKind = wrong.ToLookup(
            setting => setting.Name.Contains('_', StringComparison.Ordinal), setting => KeyValuePair.Create(setting.Name, setting.Value));
        Func<PublishRequest, PublishRequest> change = request => user.Of(request) with
        {
            Properties = [.. request.Properties, .. byKind[false], new("MSBuildWarningsNotAsErrors", "NU1900")],
            Arguments = [.. request.Arguments, "-warnaserror"],
            Environment = environment => byKind[true].Aggregate(
                user.Of(request).Environment(environment), (all, variable) => all.With(variable.Key, variable.Value)),
        };

        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed, change);

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
        RecordedEvent[] warnings = [.. result.Warnings.Where(warning => warning.Code?.StartsWith("CTEL", StringComparison.Ordinal) == true)];
        CollectionAssert.AreEquivalent(wrong.Select(setting => setting.Code).ToArray(), warnings.Select(warning => warning.Code).ToArray());
        foreach ((string name, string value, string code) in wrong)
        {
            string text = warnings.Single(warning => warning.Code == code).Text!;
            Assert.Contains(name, text);
            Assert.DoesNotContain(value, text);
        }

        Assert.HasCount(2, user.Events);
    }

    private static async Task AssertUntouchedAsync(string reason, Func<PublishRequest, PublishRequest> change)
    {
        string message = $"Containers.Telemetry could not store an event: {reason} The publish itself is not affected.";
        PublishResult with = await ScenarioRun.PublishWarmAsync(CoreScenarios.PushRefused, await PackageUnderTest.Feed, change);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.PushRefused);

        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, with);
        RecordedEvent[] messages = [.. with.Messages.Where(e => e.Text?.StartsWith("Containers.Telemetry", StringComparison.Ordinal) == true)];
        Assert.HasCount(1, messages, string.Join('\n', messages.Select(e => e.Text)));
        Assert.AreEqual(message, messages[0].Text);
        Assert.AreEqual("Low", messages[0].Importance);
        ScenarioRun.AssertSamePublish(without, with, e => e.Text == message);
    }
}
