using System.Text;
using System.Text.Json;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Documentation;

namespace Containers.Telemetry.Events.Documentation;

/// <summary>Compares the generated pages under docs/ with their sources, or regenerates them.</summary>
[TestClass]
public sealed class GeneratedPagesTests
{
    private const string UpdateVariable = "CONTAINERS_TELEMETRY_UPDATE_DOCS";
    private const string UpdateCommand = UpdateVariable + "=1 dotnet test test/Containers.Telemetry.Core.Tests --filter GeneratedPagesTests";
    private const string ExampleStart = "<!-- The example below is generated. -->\n```json\n";
    private const string ExampleEnd = "```\n";

    [TestMethod]
    public void CollectedData_Page_IsThatOfTheSchema() => AssertCurrent("docs/collected-data.md", _ => CollectedDataPage.Markdown());

    [TestMethod]
    public void EventFormat_Example_IsThatOfTheWriter() =>
        AssertCurrent(
            "docs/event-format.md",
            page =>
            {
                int start = page.IndexOf(ExampleStart, StringComparison.Ordinal) + ExampleStart.Length;
                int end = page.IndexOf(ExampleEnd, start, StringComparison.Ordinal);
                return page[..start] + Broken(Lines.Log(Examples.Success())) + page[end..];
            });

    [TestMethod]
    public void CollectedData_Page_NamesEveryFieldOnce()
    {
        string[] lines = CollectedDataPage.Markdown().Split('\n');

        foreach (EventField field in EventSchema.Fields)
        {
            Assert.AreEqual(1, lines.Count(line => line.StartsWith($"| {field.Name} | ", StringComparison.Ordinal)), field.Name);
        }
    }

    [TestMethod]
    public void JsonSchema_Properties_AreThoseOfAnEvent()
    {
        JsonElement schema = JsonSerializer.Deserialize<JsonElement>(EventJsonSchema.Json());
        JsonElement properties = schema.GetProperty("properties");
        ContainerEvent full = Examples.Full(EventNames.Error);
        full.SetDimension("team", "payments");
        JsonElement written = JsonSerializer.Deserialize<JsonElement>(PreviewFormat.Json(full));

        CollectionAssert.AreEquivalent(
            written.EnumerateObject().Select(property => property.Name).ToArray(),
            properties.EnumerateObject().Select(property => property.Name).ToArray());
        foreach (JsonProperty property in written.EnumerateObject())
        {
            AssertAllowed(properties.GetProperty(property.Name), property);
        }
    }

    private static void AssertAllowed(JsonElement rule, JsonProperty property)
    {
        string type = property.Value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => "integer",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => "string",
        };
        if (rule.TryGetProperty("type", out JsonElement expected))
        {
            Assert.AreEqual(expected.GetString(), type, property.Name);
        }

        if (rule.TryGetProperty("enum", out JsonElement values))
        {
            Assert.Contains(property.Value.GetString(), values.EnumerateArray().Select(value => value.GetString()));
        }
    }

    // Puts each attribute on a line of its own, and adds nothing but line feeds.
    private static string Broken(byte[] line) =>
        Lines.Text(line)
            .Replace("{\"key\"", "\n  {\"key\"", StringComparison.Ordinal)
            .Replace("\"scopeLogs\"", "\n\"scopeLogs\"", StringComparison.Ordinal)
            .Replace("\"logRecords\"", "\n\"logRecords\"", StringComparison.Ordinal)
            .Replace("\"traceId\"", "\n\"traceId\"", StringComparison.Ordinal);

    private static void AssertCurrent(string path, Func<string, string> generate)
    {
        string file = Path.Combine(Repository.Root, path);
        string page = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        string generated = generate(page);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(file, generated, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.AreEqual(generated, page, $"{path} is stale. Write it anew with: {UpdateCommand}");
    }
}
