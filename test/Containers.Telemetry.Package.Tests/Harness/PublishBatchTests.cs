using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Batches;

namespace Containers.Telemetry.Package.Tests.Harness;

/// <summary>The publishes of a batch do not influence each other.</summary>
[TestClass]
public sealed class PublishBatchTests
{
    private static readonly ProjectShape Shape = new()
    {
        Content = """
              <Target Name="Say">
                <Message Text="The word is $(Word)" />
                <Error Text="$(Word) fails" Condition="'$(Fails)' == 'true'" />
              </Target>
            """,
    };

    [TestMethod]
    public async Task Failed_publish_stops_no_other_and_keeps_its_events_to_itself()
    {
        var prepared = new List<string>();
        BatchedPublish[] publishes =
        [
            Say("first", prepared.Add, ("Word", "one"), ("Fails", "true")),
            Say("second", prepared.Add, ("Word", "\"two;three\"")),
        ];
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(Shape);

        IReadOnlyDictionary<string, PublishResult> results = await new PublishBatch(project, publishes).RunAsync();

        CollectionAssert.AreEqual(new[] { "first", "second" }, prepared);
        Assert.AreNotEqual(0, results["first"].ExitCode);
        Assert.AreEqual("one fails", results["first"].Errors.Single().Text);
        Assert.AreEqual(0, results["second"].ExitCode, results["second"].StandardOutput);
        Assert.IsEmpty(results["second"].Errors);
        CollectionAssert.AreEqual(
            new[] { "The word is two;three" },
            results["second"].Messages.Select(message => message.Text).Where(text => text!.StartsWith("The word", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task Publish_that_cannot_be_prepared_fails_the_batch()
    {
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(Shape);
        var batch = new PublishBatch(project, [Say("first", static _ => throw new InvalidOperationException("Nothing is ready."))]);

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => batch.RunAsync());
    }

    private static BatchedPublish Say(string name, Action<string> prepare, params (string Name, string Value)[] properties) => new(name)
    {
        Properties = [.. properties.Select(property => KeyValuePair.Create(property.Name, property.Value))],
        Target = "Say",
        PrepareAsync = () =>
        {
            prepare(name);
            return Task.CompletedTask;
        },
    };
}
