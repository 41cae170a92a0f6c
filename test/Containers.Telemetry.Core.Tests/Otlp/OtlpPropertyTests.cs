using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Otlp;

/// <summary>Properties that hold for every line, whatever its input.</summary>
[TestClass]
public sealed class OtlpPropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static readonly Dictionary<string, EventField> Fields = EventSchema.Fields
        .SelectMany(field => new[] { (Name: field.Attribute, Field: field), (Name: field.OwnAttribute!, Field: field) })
        .Where(pair => pair.Name is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Field);

    private static readonly Dictionary<string, string[]> Constants = new()
    {
        ["cicd.pipeline.task.name"] = ["PublishContainer"],
        ["cicd.pipeline.task.type"] = ["build"],
        ["containers_telemetry.sdk.event_name"] = ["sdk/container/inference", "sdk/container/publish/success", "sdk/container/publish/error"],
        ["service.name"] = ["Containers.Telemetry"],
        ["telemetry.sdk.language"] = ["dotnet"],
        ["telemetry.sdk.name"] = ["Containers.Telemetry"],
    };

    // Attributes of sent records that repeat a field.
    private static readonly Dictionary<string, EventField> Repeated = new()
    {
        ["cicd.pipeline.task.run.id"] = DetailFields.PublishId,
        ["service.instance.id"] = DetailFields.PublishId,
        ["telemetry.sdk.version"] = SurroundingsFields.PackageVersion,
    };

    [TestMethod]
    public void Log_AnyEvent_ComesBackAsItWas() =>
        Prop.ForAll(
            ArbitraryEvents.Events,
            written => OtlpLogReaderTests.AssertEqual(WithoutUnnamed(written), OtlpLogReader.Read(Lines.Log(written)).Events.Single().Event)).Check(Runs);

    [TestMethod]
    public void Lines_AnyEvent_AreOneLineOfJsonWithClosedKindsOnly() =>
        Prop.ForAll(
            ArbitraryEvents.Events,
            ArbitraryEvents.Texts,
            (written, traceparent) =>
            {
                var trace = TraceContext.Create(Lines.PublishId, traceparent, null);

                Check(Lines.Log(written, trace));
                Check(Lines.SentLog(written, trace));
                Check(Lines.Span(written, DateTimeOffset.UnixEpoch, trace));
            }).Check(Runs);

    [TestMethod]
    public void Lines_AnyUserAttributes_AreOneLineOfJson() =>
        Prop.ForAll(
            ArbitraryEvents.Events,
            ArbitraryEvents.Texts,
            ArbitraryEvents.Texts,
            (written, name, value) =>
            {
                Parse(Lines.Log(written, null, new(name, value), new(value, name)));
                Parse(Lines.Span(written, DateTimeOffset.UnixEpoch, null, new(name, value), new(value, name)));
            }).Check(Runs);

    [TestMethod]
    public void Tracestate_AnyText_IsPrintableOrDropped() =>
        Prop.ForAll(
            ArbitraryEvents.Texts,
            text =>
            {
                var trace = TraceContext.Create(Lines.PublishId, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", text);

                Assert.IsTrue(trace.TraceState is null || trace.TraceState.All(c => c is (>= ' ' and <= '~') or '\t'));
            }).Check(Runs);

    [TestMethod]
    public void Read_LineDamagedAnywhere_DoesNotThrow()
    {
        byte[] line = Lines.Log(Examples.Full(EventNames.Error));
        Prop.ForAll(
            Gen.Choose(0, line.Length - 1).ToArbitrary(),
            Gen.Choose(0, 255).ToArbitrary(),
            Gen.Choose(0, 40).ToArbitrary(),
            (position, replacement, deleted) =>
            {
                byte[] damaged = [.. line.AsSpan(0, position), (byte)replacement, .. line.AsSpan(Math.Min(line.Length, position + deleted))];

                foreach (StoredEvent stored in OtlpLogReader.Read(damaged).Events)
                {
                    Check(Lines.Log(stored.Event));
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static void Check(byte[] line)
    {
        JsonElement resource = Parse(line).EnumerateObject().Single().Value.EnumerateArray().Single();
        JsonElement scope =
            resource.EnumerateObject().Single(member => member.Name.StartsWith("scope", StringComparison.Ordinal)).Value.EnumerateArray().Single();
        JsonElement record = scope.EnumerateObject().Last().Value.EnumerateArray().Single();
        Assert.AreEqual("https://opentelemetry.io/schemas/1.44.0", resource.GetProperty("schemaUrl").GetString());
        Assert.AreEqual("https://opentelemetry.io/schemas/1.44.0", scope.GetProperty("schemaUrl").GetString());

        JsonElement[] attributes =
            [.. resource.GetProperty("resource").GetProperty("attributes").EnumerateArray(), .. record.GetProperty("attributes").EnumerateArray()];
        CollectionAssert.AllItemsAreUnique(attributes.Select(attribute => attribute.GetProperty("key").GetString()).ToArray());
        foreach (JsonElement attribute in attributes)
        {
            CheckAttribute(attribute.GetProperty("key").GetString()!, attribute.GetProperty("value").EnumerateObject().Single());
        }

        foreach (JsonProperty property in record.EnumerateObject())
        {
            CheckRecordProperty(property);
        }
    }

    private static void CheckAttribute(string key, JsonProperty value)
    {
        if (key.StartsWith(OtlpFormat.DimensionPrefix, StringComparison.Ordinal))
        {
            Assert.MatchesRegex(@"\A[a-z][a-z0-9_]{0,31}\z", key[OtlpFormat.DimensionPrefix.Length..]);
            Assert.MatchesRegex(@"\A[A-Za-z0-9._-]{1,64}\z", value.Value.GetString());
            return;
        }

        if (Constants.TryGetValue(key, out string[]? constants))
        {
            Assert.Contains(value.Value.GetString(), constants);
            return;
        }

        EventField field = Repeated.GetValueOrDefault(key) ?? Fields[key];
        string[] texts = value.Name switch
        {
            "stringValue" => [value.Value.GetString()!],
            "arrayValue" => value.Value.GetProperty("values").EnumerateArray().Select(element => element.GetProperty("stringValue").GetString()!).ToArray(),
            "intValue" => [],
            "boolValue" => [],
            _ => throw new AssertFailedException(value.Name),
        };
        foreach (string text in texts)
        {
            Assert.IsTrue(IsAllowed(field, text), $"{key} = {text}");
        }
    }

    private static bool IsAllowed(EventField field, string text) => field switch
    {
        { AttributeValues.Length: > 0 } => text.Length > 0 && field.AttributeValues.Contains(text),
        { Kind: FieldKind.TargetFramework } => text.StartsWith("net", StringComparison.Ordinal) && ClosedKinds.Allows(field, text[3..]),
        _ => ClosedKinds.Allows(field, text),
    };

    private static void CheckRecordProperty(JsonProperty property)
    {
        string text = property.Value.ToString();
        switch (property.Name)
        {
            case "traceId" or "spanId" or "parentSpanId":
                Assert.MatchesRegex(@"\A([0-9a-f]{16}){1,2}\z", text);
                break;
            case "timeUnixNano" or "observedTimeUnixNano" or "startTimeUnixNano" or "endTimeUnixNano" or "severityNumber" or "flags" or "kind":
                Assert.MatchesRegex(@"\A[0-9]{1,20}\z", text);
                break;
            case "severityText":
                Assert.Contains(text, new[] { "INFO", "WARN", "ERROR" });
                break;
            case "eventName":
                Assert.Contains(text, EventNames.All.Select(EventNames.ToOpenTelemetry));
                break;
            case "name":
                Assert.AreEqual("container publish", text);
                break;
            case "status":
                Assert.MatchesRegex(@"\A\{""code"":2\}\z", text);
                break;
            case "body":
                Assert.MatchesRegex(@"\A\{""stringValue"":""(base image|container publish|action)[ :].*""\}\z", property.Value.GetRawText());
                break;
            case "attributes":
                break;
            default:
                Assert.Fail(property.Name);
                break;
        }
    }

    private static JsonElement Parse(byte[] line)
    {
        Assert.AreEqual(line.Length - 1, Array.IndexOf(line, (byte)'\n'), "one line feed, at the end");
        Assert.IsFalse(line.AsSpan(0, line.Length - 1).ContainsAnyExceptInRange((byte)' ', (byte)'~'), "printable ASCII only");
        return JsonSerializer.Deserialize<JsonElement>(line);
    }

    // Drops values without a word in the semantic convention, as the writer does.
    private static ContainerEvent WithoutUnnamed(ContainerEvent written)
    {
        var named = new ContainerEvent(written.Name);
        named.SetBaseImage(
            written.Find(InferenceFields.BaseImage) as string ?? "",
            written.Find(InferenceFields.BaseImageTag) as string);
        foreach ((EventField field, object value) in written.Values)
        {
            switch (value)
            {
                case string text when FieldGuard.TakesText(field.Kind)
                    && field != InferenceFields.BaseImage
                    && (field.AttributeValues.Length == 0 || field.AttributeValues[Array.IndexOf(field.AllowedValues, text)].Length > 0):
                    named.Set(field, text);
                    break;
                case string[] texts:
                    named.Set(field, texts);
                    break;
                case bool flag:
                    named.Set(field, flag);
                    break;
                case long number when field != DetailFields.SchemaVersion:
                    named.Set(field, number);
                    break;
            }
        }

        named.Set(DetailFields.SchemaVersion, EventSchema.Version);
        foreach ((string name, string value) in written.Dimensions)
        {
            named.SetDimension(name, value);
        }

        return named;
    }
}
