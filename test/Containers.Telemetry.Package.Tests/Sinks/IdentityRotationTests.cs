using System.Globalization;
using System.Text.Json.Nodes;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>A receiver that keeps everything cannot link a user's events from before a change of identity with later ones.</summary>
[TestClass]
public sealed class IdentityRotationTests
{
    // Product versions are shared by all users of the product, so they are no identifiers; docs/privacy.md discusses rare combinations.
    private static readonly FieldKind[] SharedByMany =
    [
        FieldKind.Version, FieldKind.TargetFramework, FieldKind.BaseImage, FieldKind.BaseImageTag, FieldKind.ContainerFamily,
        FieldKind.DiagnosticCode, FieldKind.RuntimeIdentifier, FieldKind.RuntimeIdentifiers,
    ];

    // A test of FieldGuard shows that every count except a duration has at most a thousand values.
    private static readonly FieldKind[] FewValues = [FieldKind.Flag, FieldKind.Choice, FieldKind.Choices, FieldKind.Count];

    // Measured in each publish. They can be equal by chance, in two publishes of one project as well as of two users.
    private static readonly string[] MeasuredAnew = ["cicd.pipeline.task.run.duration", "body", "droppedAttributesCount", "flags"];

    // Every request has these: numbers of the protocol and names of this product.
    private static readonly string[] OfTheProtocol =
    [
        "severityNumber", "severityText", "eventName", "kind", "code", "name", "schemaUrl", "version",
        "service.name", "telemetry.sdk.name", "telemetry.sdk.language", "telemetry.sdk.version", "containers_telemetry.min_reader_version", "event.name",
        "containers_telemetry.sdk.event_name", "cicd.pipeline.task.name", "cicd.pipeline.task.type",
    ];

    [TestMethod]
    [DataRow("reset-id")]
    [DataRow("90 days")]
    public async Task No_value_links_events_before_and_after_a_change_of_identity(string cause)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(
            new ProjectShape { Package = PackageStyle.Direct, Feed = await PackageUnderTest.Feed });

        string[] before = await PublishAsync(project, user, receiver);
        if (cause == "reset-id")
        {
            Assert.IsNotNull(UserIdentity.Replace(new ConfigFolder(user.Configuration), DateTimeOffset.UtcNow));
        }
        else
        {
            LetNinetyDaysPass(Path.Combine(user.Configuration, "identity"));
        }

        string[] after = await PublishAsync(project, user, receiver);

        Assert.IsTrue(before.Any(value => value.StartsWith(IdentityFields.ProjectId.Attribute + "=", StringComparison.Ordinal)), string.Join('\n', before));
        Assert.IsTrue(
            before.Any(value => value.StartsWith(IdentityFields.AnonymousUserId.Attribute + "=", StringComparison.Ordinal)), string.Join('\n', before));
        Assert.AreSequenceEqual([], before.Intersect(after).Order(StringComparer.Ordinal));
    }

    private static async Task<string[]> PublishAsync(GeneratedProject project, UserFolders user, OtlpReceiver receiver)
    {
        int stored = user.Events.Count;
        int received = receiver.Requests.Count;
        PublishResult result = await ScenarioRun.PublishWarmAsync(project, request => PatientExport.Of(user.Of(request with
        {
            Environment = environment => request.Environment(environment).With("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address.AbsoluteUri),
        })));

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.HasCount(stored + 2, user.Events);
        Assert.IsGreaterThan(received, receiver.Requests.Count);
        IEnumerable<JsonNode?> lines =
            UserFolders.Files(Path.Combine(user.Data, "events"), "*.jsonl").SelectMany(File.ReadLines).Skip(stored).Select(line => JsonNode.Parse(line));
        return
        [
            .. lines.Concat(receiver.Requests.Skip(received).Select(request => JsonNode.Parse(request.Text))).SelectMany(root => Values(root, "")).Distinct(),
        ];
    }

    private static void LetNinetyDaysPass(string file)
    {
        string[] lines = File.ReadAllLines(file);
        lines[^1] = DateTime.UtcNow.AddDays(-UserIdentity.LifetimeDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
    }

    /// <summary>Each value of a field with more than a thousand possible values, with the name of the field.</summary>
    private static IEnumerable<string> Values(JsonNode? node, string name) => node switch
    {
        JsonObject { Count: > 0 } attribute when attribute["key"] is JsonValue key => Values(attribute["value"], key.ToString()),
        JsonObject container => container.SelectMany(member => Values(member.Value, IsKindOfValue(member.Key) ? name : member.Key)),
        JsonArray array => array.SelectMany(element => Values(element, name)),
        JsonValue value when IsTelling(name) => [$"{name}={value}"],
        _ => [],
    };

    private static bool IsKindOfValue(string member) =>
        member is "stringValue" or "intValue" or "boolValue" or "doubleValue" or "arrayValue" or "values" or "bytesValue";

    private static bool IsTelling(string name)
    {
        EventField? field = EventSchema.Fields.FirstOrDefault(
            field => field.Attribute == name || Array.Exists(field.AllowedValues, value => field.AttributeOf(value) == name));
        return field is not null
            ? !FewValues.Contains(field.Kind) && !SharedByMany.Contains(field.Kind)
            : !MeasuredAnew.Contains(name) && !OfTheProtocol.Contains(name);
    }
}
