using System.IO.Compression;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Package.Tests;

/// <summary>
/// The packed package in the oldest supported MSBuild on the oldest supported runtime, those of the first SDK 8. The tests bring their own container
/// targets, with the names of that SDK's. Its PublishContainer makes the image itself.
/// </summary>
[TestClass]
public sealed class OldestBuildTests
{
    private const string Name = "Containers.Telemetry.OldestBuild";
    private const string Inference = "sdk/container/inference";

    [TestMethod]
    [DataRow("", "sdk/container/publish/success")]
    [DataRow("The registry refuses.", "sdk/container/publish/error unknown")]
    public async Task Publish_is_bracketed(string error, string outcome)
    {
        using var folder = new TemporaryFolder();
        using var user = new UserFolders();
        string package = await ExtractPackageAsync(folder);

        CommandResult result = await BuildAsync(folder, user, Project(package, error), "PublishContainer");

        Assert.AreEqual(error.Length == 0, result.ExitCode == 0, result.StandardOutput);
        Assert.DoesNotContain("not affected", result.StandardOutput);
        CollectionAssert.AreEqual(new[] { Inference, outcome }, user.Events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        Assert.AreEqual("mcr.microsoft.com/dotnet/runtime", user.Events[0].Attributes["containers_telemetry.base_image.name"]);
        Assert.AreEqual("Azure", user.Events[1].Attributes["containers_telemetry.push.remote_kind"]);
        Assert.AreEqual("bracketed", user.Events[1].Attributes["containers_telemetry.observation"]);
        Assert.StartsWith("17.7", user.Events[1].Resource["containers_telemetry.msbuild.version"]);
    }

    [TestMethod]
    [DataRow("", "true")]
    [DataRow("Compression=\"x\" ", "false")]
    public async Task Unknown_container_targets_are_searched(string attribute, string isObserved)
    {
        using var folder = new TemporaryFolder();
        using var user = new UserFolders();
        string package = await ExtractPackageAsync(folder);
        string containers = Directory.CreateDirectory(folder.Combine("containers")).FullName + Path.DirectorySeparatorChar;
        foreach (string file in Directory.GetFiles(Path.Combine(InstalledSdk.Folder, "Containers", "build")))
        {
            string text = File.ReadAllText(file).Replace("<CreateNewImage ", "<CreateNewImage " + attribute, StringComparison.Ordinal);
            File.WriteAllText(containers + Path.GetFileName(file), text + "<!-- of no known SDK -->");
        }

        string show = $"""
            <Project>
              <PropertyGroup>
                <_ContainersTargetsDir>{containers}</_ContainersTargetsDir>
              </PropertyGroup>
              <Target Name="Show">
                <Message Importance="high" Text="observed: $(_ContainersTelemetryObserve)" />
              </Target>
            """;
        CommandResult result = await BuildAsync(folder, user, Project(package, error: "").Replace("<Project>", show, StringComparison.Ordinal), "Show");

        Assert.Contains("observed: " + isObserved, result.StandardOutput);
    }

    private static async Task<string> ExtractPackageAsync(TemporaryFolder folder)
    {
        string package = folder.Combine("package");
        ZipFile.ExtractToDirectory((await PackageUnderTest.Feed).PackageFile, package);
        return package;
    }

    private static async Task<CommandResult> BuildAsync(TemporaryFolder folder, UserFolders user, string text, string target)
    {
        string project = folder.Combine("app.proj");
        await File.WriteAllTextAsync(project, text);
        return await new DotnetCommand(project, target)
        {
            Program = Program(),
            Environment =
                user.Of(new PublishRequest()).Environment(DotnetEnvironment.ForUser(folder.Path, folder.Path)).With("CONTAINERS_TELEMETRY_OPTOUT", "0"),
            WorkingDirectory = folder.Path,
        }.RunAsync();
    }

    /// <summary>The program is next to the tests, in the folder for the same configuration.</summary>
    private static string Program()
    {
        string tests = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(tests, "..", "..", Name, Path.GetFileName(tests), OperatingSystem.IsWindows() ? Name + ".exe" : Name));
    }

    private static string Project(string package, string error) => $"""
        <Project>
          <PropertyGroup>
            <ContainerRegistry>team.azurecr.io</ContainerRegistry>
            <IntermediateOutputPath>obj/</IntermediateOutputPath>
            <MSBuildProjectExtensionsPath>$(MSBuildProjectDirectory)/obj/</MSBuildProjectExtensionsPath>
            <NETCoreSdkPortableRuntimeIdentifier>{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}</NETCoreSdkPortableRuntimeIdentifier>
            <NETCoreSdkVersion>8.0.100</NETCoreSdkVersion>
            <TargetFramework>net8.0</TargetFramework>
            <_TargetFrameworkVersionWithoutV>8.0</_TargetFrameworkVersionWithoutV>
          </PropertyGroup>
          <!-- An SDK names the tasks of MSBuild in a file of its own. -->
          <UsingTask TaskName="Microsoft.Build.Tasks.Error" AssemblyName="Microsoft.Build.Tasks.Core" />
          <UsingTask TaskName="Microsoft.Build.Tasks.Message" AssemblyName="Microsoft.Build.Tasks.Core" />
          <UsingTask TaskName="Microsoft.Build.Tasks.Warning" AssemblyName="Microsoft.Build.Tasks.Core" />
          <Import Project="{package}/build/Containers.Telemetry.props" />
          <Import Project="{package}/build/Containers.Telemetry.targets" />
          <Target Name="ComputeContainerBaseImage">
            <PropertyGroup>
              <ContainerBaseImage>mcr.microsoft.com/dotnet/runtime:8.0</ContainerBaseImage>
              <ContainerRuntimeIdentifier>linux-x64</ContainerRuntimeIdentifier>
            </PropertyGroup>
          </Target>
          <Target Name="ComputeContainerConfig" DependsOnTargets="ComputeContainerBaseImage" />
          <Target Name="PublishContainer" DependsOnTargets="ComputeContainerConfig">
            <Error Text="{error}" Condition="'{error}' != ''" />
            <PropertyGroup>
              <GeneratedContainerManifest>a manifest</GeneratedContainerManifest>
            </PropertyGroup>
          </Target>
        </Project>
        """;
}
