using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>What a reference to the package makes the SDK do.</summary>
[TestClass]
public sealed class ReferenceTests
{
    /// <summary>The SDK lists the dependencies again for a publish that leaves out a package.</summary>
    [TestMethod]
    [DataRow(PackageStyle.Direct, "", 0)]
    [DataRow(PackageStyle.Global, "", 0)]
    [DataRow(PackageStyle.Direct, "<PackageReference Update=\"Containers.Telemetry\" Publish=\"false\" />", 1)]
    public async Task Dependencies_are_listed_again_only_if_the_user_leaves_the_package_out(PackageStyle style, string item, int lists)
    {
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(new ProjectShape
        {
            Content = $"<ItemGroup>{item}</ItemGroup>",
            Package = style,
            Feed = await PackageUnderTest.Feed,
        });
        foreach (string list in Directory.GetFiles(project.Folder, "*.deps.json", SearchOption.AllDirectories).Where(IsIntermediate))
        {
            File.Delete(list);
        }

        PublishResult result = await ScenarioRun.PublishWarmAsync(project, static request => request);

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.HasCount(lists, result.Tasks.Where(task => task.Name == "GenerateDepsFile"));
    }

    private static bool IsIntermediate(string file) => file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
