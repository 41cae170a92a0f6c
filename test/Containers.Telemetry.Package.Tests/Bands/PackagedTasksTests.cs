using System.Security;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>
/// Container tasks that a project takes from a package, or that are the user's own, in place of the SDK's. The targets beside the task assembly decide
/// whether the publishes are observed.
/// </summary>
[TestClass]
public sealed class PackagedTasksTests
{
    private const string Name = "Microsoft.NET.Build.Containers";

    private static readonly string InstalledTargets = ReadInstalled("targets");
    private static readonly string InstalledProps = ReadInstalled("props");

    private static readonly Dictionary<string, (string? Targets, string? Props)> Packages = new(StringComparer.Ordinal)
    {
        ["as the SDK"] = (InstalledTargets, InstalledProps),
        ["own assembly without targets"] = (null, null),
        ["an unknown input"] = (InstalledTargets.Replace("<CreateNewImage ", "<CreateNewImage Compression=\"x\" ", StringComparison.Ordinal), InstalledProps),
        ["no push"] = (InstalledTargets.Replace("CreateNewImage", "Create", StringComparison.Ordinal), InstalledProps),
        ["another task"] = (InstalledTargets, InstalledProps.Replace(".Tasks.CreateNewImage", ".Tasks.PushImage", StringComparison.Ordinal)),
        ["no props"] = (InstalledTargets, null),
        ["empty targets"] = ("", InstalledProps),
        ["600 KB"] = (InstalledTargets + new string(' ', 600_000), InstalledProps),
    };

    private static readonly Lazy<Task<string>> Output = new(EvaluateAllAsync);

    [TestMethod]
    [DataRow("as the SDK")]
    [DataRow("own assembly without targets")]
    public async Task Publish_is_observed(string package) => Assert.Contains($"[{package}: true]", await Output.Value);

    [TestMethod]
    [DataRow("an unknown input")]
    [DataRow("no push")]
    [DataRow("another task")]
    [DataRow("no props")]
    [DataRow("empty targets")]
    [DataRow("600 KB")]
    [DataRow("missing assembly")]
    [DataRow("relative assembly")]
    public async Task Publish_is_bracketed(string package) => Assert.Contains($"[{package}: false]", await Output.Value);

    /// <summary>Evaluates a project once for each package, in one process.</summary>
    private static async Task<string> EvaluateAllAsync()
    {
        using var folder = new TemporaryFolder();
        using var user = new UserFolders();
        string ours = folder.Combine("ours");
        System.IO.Compression.ZipFile.ExtractToDirectory((await PackageUnderTest.Feed).PackageFile, ours);
        await File.WriteAllTextAsync(folder.Combine("app.proj"), $"""
            <Project>
              <Import Project="{ours}/build/Containers.Telemetry.props" />
              <Import Project="{ours}/build/Containers.Telemetry.targets" />
              <Target Name="Show"><Message Importance="high" Text="[$(PackageName): $(_ContainersTelemetryObserve)]" /></Target>
            </Project>
            """);
        var calls = new List<string> { Call("missing assembly", folder.Combine("none.dll")), Call("relative assembly", "tasks.dll") };
        await File.WriteAllTextAsync(folder.Combine("tasks.dll"), "");
        foreach ((string name, (string? targets, string? props)) in Packages)
        {
            string root = folder.Combine("packages", name);
            string assembly = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "tasks", "net10.0")).FullName, Name + ".dll");
            await File.WriteAllTextAsync(assembly, "");
            string build = Directory.CreateDirectory(Path.Combine(root, "build")).FullName;
            await WriteAsync(Path.Combine(build, Name + ".targets"), targets);
            await WriteAsync(Path.Combine(build, Name + ".props"), props);
            calls.Add(Call(name, assembly));
        }

        string all = folder.Combine("all.proj");
        await File.WriteAllTextAsync(all, $"""<Project><Target Name="ShowAll">{string.Join('\n', calls)}</Target></Project>""");
        var command = new DotnetCommand("msbuild", all, "-m:1", "-tl:off")
        {
            Environment = user.Of(new PublishRequest()).Environment(DotnetEnvironment.ForUser(folder.Combine("home"), folder.Combine("nuget"))),
            WorkingDirectory = folder.Path,
        };
        CommandResult result = await command.RunAsync();
        result.EnsureSuccess();
        return result.StandardOutput;
    }

    private static string Call(string name, string assembly)
    {
        string properties = SecurityElement.Escape(
            $"PackageName={name};ContainerCustomTasksAssembly={assembly};NETCoreSdkVersion={Path.GetFileName(InstalledSdk.Folder)}");
        return $"""<MSBuild Projects="app.proj" Targets="Show" Properties="{properties}" />""";
    }

    private static Task WriteAsync(string file, string? text) => text is null ? Task.CompletedTask : File.WriteAllTextAsync(file, text);

    private static string ReadInstalled(string extension) =>
        File.ReadAllText(Path.Combine(InstalledSdk.Folder, "Containers", "build", $"{Name}.{extension}"));
}
