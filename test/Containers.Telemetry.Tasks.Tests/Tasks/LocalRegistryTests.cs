using System.Text.Json.Nodes;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Tasks;

/// <summary>The local registry that an event names if the user named none.</summary>
[TestClass]
public sealed class LocalRegistryTests
{
    [TestMethod]
    [DataRow(false, "error", "Podman", DisplayName = "An image that was not loaded: the one that the SDK names")]
    [DataRow(true, "success", null, DisplayName = "One image of several, which is loaded with the others: none")]
    public void The_name_of_a_base_image_is_not_taken_for_a_local_registry(bool skipPublishing, string outcome, string? localRegistry)
    {
        using var folder = new TestFolder();
        string tasks = folder.Combine("Scripted.Tasks.dll");
        File.Copy(typeof(LocalRegistryTests).Assembly.Location, tasks);
        string preview = folder.Combine("preview.jsonl");
        var engine = new RecordingBuildEngine();
        Publishes.Begin(engine, new PublishSettings { TaskAssembly = tasks, PreviewFile = preview });

        var inputs = new Dictionary<string, object> { ["Repository"] = "app", ["ImageTags"] = new[] { "1" }, ["SkipPublishing"] = skipPublishing };
        TaskRun run = TaskRun.Of(new CreateNewImage(), inputs, engine);

        Assert.AreEqual(skipPublishing, run.Result, string.Join('\n', engine.Log));
        Assert.IsTrue(
            engine.Log.Any(static line => line.StartsWith("High: ", StringComparison.Ordinal) && line.Contains("docker.io", StringComparison.Ordinal)));
        JsonNode shown = JsonNode.Parse(File.ReadAllText(preview))!;
        Assert.AreEqual(outcome, shown["Outcome"]?.GetValue<string>());
        Assert.AreEqual(localRegistry, shown["LocalPushType"]?.GetValue<string>());
    }
}
