using System.Security;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>
/// Container targets that no SDK has, at the path where the package looks for the SDK's. The package brackets such publishes with one message of low
/// importance. No project imports these targets, so they cannot break a build themselves.
/// </summary>
[TestClass]
public sealed class BadTargetsTests
{
    private const string Targets = "Microsoft.NET.Build.Containers.targets";
    private const string Props = "Microsoft.NET.Build.Containers.props";

    private static readonly string InstalledTargets = File.ReadAllText(Path.Combine(InstalledSdk.Folder, "Containers", "build", Targets));

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["empty"] = "",
        ["cut off"] = InstalledTargets[..(InstalledTargets.IndexOf("<CreateNewImage ", StringComparison.Ordinal) + 100)],
        ["no XML"] = "\u0000\uFFFF<<<CreateNewImage \"' \0",
        ["of 10 MB"] = InstalledTargets + new string(' ', 10_000_000),
        ["of 10 MB without a line end"] = string.Concat(Enumerable.Repeat("<CreateNewImage", 10_000_000 / 15)),
        ["hostile by attributes"] = "<CreateNewImage " + string.Concat(Enumerable.Repeat("BaseRegistry=\"\" ", 12_000)),
        ["hostile by comments"] = "<CreateNewImage>" + string.Concat(Enumerable.Repeat("<!-- - ", 28_000)),
    };

    private static readonly Lazy<Task<(ILookup<string?, RecordedEvent> Events, string Log)>> Builds = new(BuildAllAsync);

    public static IEnumerable<object[]> Names => Texts.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Publish_with_targets_that_cannot_be_read_is_bracketed(string name)
    {
        RecordedEvent[] events = [.. (await Builds.Value).Events[name]];

        Assert.IsTrue(events.Last(e => e.Kind == RecordedKind.ProjectFinished).Succeeded);
        Assert.IsEmpty(events.Where(e => e.Kind is RecordedKind.Error or RecordedKind.Warning).Select(e => e.Text));
        RecordedEvent message = Assert.ContainsSingle(events.Where(e => e.Text?.StartsWith("Containers.Telemetry", StringComparison.Ordinal) == true));
        Assert.Contains("brackets this publish", message.Text!);
        Assert.AreEqual("Low", message.Importance);
    }

    [TestMethod]
    public async Task A_detailed_log_does_not_contain_the_searched_targets()
    {
        string log = (await Builds.Value).Log;

        Assert.Contains("_ContainersTelemetryObserve", log);
        Assert.DoesNotContain("<CreateNewImage", log);
    }

    /// <summary>Builds a project once for each text, in one process.</summary>
    private static async Task<(ILookup<string?, RecordedEvent> Events, string Log)> BuildAllAsync()
    {
        using var folder = new TemporaryFolder();
        using var user = new UserFolders();
        string package = folder.Combine("package");
        System.IO.Compression.ZipFile.ExtractToDirectory((await PackageUnderTest.Feed).PackageFile, package);
        string app = folder.Combine("app.proj");
        await File.WriteAllTextAsync(app, Project(package));
        var calls = new List<string>();
        foreach ((string name, string text) in Texts)
        {
            string build = Directory.CreateDirectory(folder.Combine("sdks", name)).FullName;
            await File.WriteAllTextAsync(Path.Combine(build, Targets), text);
            await File.WriteAllTextAsync(Path.Combine(build, Props), "<Project />");
            string properties = SecurityElement.Escape($"{RecordedEvent.PublishProperty}={name};_ContainersTargetsDir={build}{Path.DirectorySeparatorChar}");
            calls.Add($"""<MSBuild Projects="{SecurityElement.Escape(app)}" Targets="PublishContainer" Properties="{properties}" ContinueOnError="true" />""");
        }

        string all = folder.Combine("all.proj");
        await File.WriteAllTextAsync(all, $"""<Project><Target Name="PublishAll">{string.Join('\n', calls)}</Target></Project>""");
        string record = folder.Combine("events");
        var command = new DotnetCommand("msbuild", all, "-m:1", "-v:diag", EventRecording.LoggerArgument(record))
        {
            Environment = user.Of(new PublishRequest()).Environment(DotnetEnvironment.ForUser(folder.Combine("home"), folder.Combine("packages"))),
            WorkingDirectory = folder.Path,
        };
        CommandResult result = await command.RunAsync();
        result.EnsureSuccess();
        return (EventRecording.Read(record).ToLookup(e => e.Publish, StringComparer.Ordinal), result.StandardOutput);
    }

    private static string Project(string package) => $"""
        <Project>
          <PropertyGroup>
            <ContainerRegistry>team.azurecr.io</ContainerRegistry>
            <IntermediateOutputPath>obj/</IntermediateOutputPath>
            <MSBuildProjectExtensionsPath>$(MSBuildProjectDirectory)/obj/</MSBuildProjectExtensionsPath>
            <NETCoreSdkVersion>{Path.GetFileName(InstalledSdk.Folder)}</NETCoreSdkVersion>
            <TargetFramework>net10.0</TargetFramework>
            <_TargetFrameworkVersionWithoutV>10.0</_TargetFrameworkVersionWithoutV>
          </PropertyGroup>
          <Import Project="{package}/build/Containers.Telemetry.props" />
          <Import Project="{package}/build/Containers.Telemetry.targets" />
          <Target Name="ComputeContainerBaseImage">
            <PropertyGroup>
              <ContainerBaseImage>mcr.microsoft.com/dotnet/runtime:10.0</ContainerBaseImage>
              <ContainerRuntimeIdentifier>linux-x64</ContainerRuntimeIdentifier>
            </PropertyGroup>
          </Target>
          <Target Name="PublishContainer" DependsOnTargets="ComputeContainerBaseImage">
            <PropertyGroup>
              <GeneratedContainerManifest>a manifest</GeneratedContainerManifest>
            </PropertyGroup>
          </Target>
        </Project>
        """;
}
