using System.Text.Json.Nodes;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.Sdk;
using Containers.Telemetry.TestInfrastructure;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace Containers.Telemetry.Tasks;

/// <summary>The counts in an event equal the numbers in the image's configuration, which the SDK writes.</summary>
[TestClass]
public sealed class ImageCountTests
{
    [TestMethod]
    [DataRow(true, true, "a;b", 3, DisplayName = "Two labels and the digest of the base image")]
    [DataRow(true, false, "a;b", 2, DisplayName = "Two labels alone")]
    [DataRow(true, true, "a;b;a", 3, DisplayName = "A label that is set twice, as for each of several images")]
    [DataRow(true, true, "a;org.opencontainers.image.base.digest", 2, DisplayName = "A digest of the base image that the project sets, too")]
    [DataRow(true, false, "a;A", 2, DisplayName = "Labels that differ by case")]
    [DataRow(false, true, "a;b", 0, DisplayName = "No labels are wanted")]
    public async Task Labels_are_those_that_the_SDK_sets(bool generateLabels, bool generateDigestLabel, string names, int expected)
    {
        (JsonNode told, JsonNode configuration) = await MakeAsync(new Dictionary<string, object>
        {
            ["Labels"] = names.Split(';').Select(static ITaskItem (name) => new TaskItem(name, new Dictionary<string, string> { ["Value"] = "1" })).ToArray(),
            ["GenerateLabels"] = generateLabels,
            ["GenerateDigestLabel"] = generateDigestLabel,
        });

        Assert.HasCount(expected, configuration["Labels"]?.AsObject() ?? []);
        Assert.AreEqual(expected, told["LabelCount"]!.GetValue<int>());
    }

    [TestMethod]
    [DataRow("8080/tcp", 1)]
    [DataRow("8080/tcp;8080/tcp", 1, DisplayName = "A port that is set twice, as for each of several images")]
    [DataRow("8080/;8080/tcp", 1, DisplayName = "A port without a type is one of TCP")]
    [DataRow("8080/tcp;8080/udp;8081/tcp", 3)]
    public async Task Ports_are_those_that_the_SDK_exposes(string ports, int expected)
    {
        (JsonNode told, JsonNode configuration) = await MakeAsync(new Dictionary<string, object>
        {
            ["ExposedPorts"] = ports.Split(';')
                .Select(static port => port.Split('/'))
                .Select(static ITaskItem (port) => new TaskItem(port[0], new Dictionary<string, string> { ["Type"] = port[1] }))
                .ToArray(),
            ["GenerateLabels"] = false,
            ["GenerateDigestLabel"] = false,
        });

        Assert.HasCount(expected, configuration["ExposedPorts"]!.AsObject());
        Assert.AreEqual(expected, told["PortCount"]!.GetValue<int>());
    }

    /// <summary>Makes an image with the SDK's own task, and returns the event and the image's configuration.</summary>
    private static async Task<(JsonNode Told, JsonNode Configuration)> MakeAsync(Dictionary<string, object> inputs)
    {
        using var folder = new TestFolder();
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "base", "1", BaseImageForm.OciManifest);
        folder.Write(Path.Combine("publish", "app.dll"), "hello");
        string preview = folder.Combine("preview.jsonl");
        var engine = new RecordingBuildEngine();
        Publishes.Begin(engine, new PublishSettings { PreviewFile = preview });

        TaskRun run = TaskRun.Of(
            new CreateNewImage(),
            new Dictionary<string, object>(inputs)
            {
                ["BaseRegistry"] = registry.Authority,
                ["BaseImageName"] = "base",
                ["BaseImageTag"] = "1",
                ["Repository"] = "app",
                ["ImageTags"] = new[] { "1" },
                ["SkipPublishing"] = true,
                ["PublishDirectory"] = folder.Combine("publish"),
                ["WorkingDirectory"] = "/app",
                ["Entrypoint"] = new ITaskItem[] { new TaskItem("dotnet") },
                ["ContainerRuntimeIdentifier"] = "linux-x64",
                ["RuntimeIdentifierGraphPath"] = Path.Combine(ObservedSdk.Folder, "RuntimeIdentifierGraph.json"),
            },
            engine);

        Assert.IsTrue(run.Result, string.Join('\n', engine.Log));
        return (JsonNode.Parse(await File.ReadAllTextAsync(preview))!, JsonNode.Parse(run.Outputs["GeneratedContainerConfiguration"])!["config"]!);
    }
}
