using System.Security;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>The same telemetry by the official OpenTelemetry SDK: a task of <c>bench/OfficialExporterTask</c> that runs after a publish.</summary>
internal sealed class OfficialExporter
{
    private static readonly string ProjectFolder = Path.Combine(Repository.Root, "bench", "OfficialExporterTask");

    private readonly string _folder;

    private OfficialExporter(string folder) => _folder = folder;

    /// <summary>Builds the task with its dependencies beside it, and compiles all of them ahead of time, like the package's tasks.</summary>
    /// <param name="workFolder">An empty or absent folder.</param>
    /// <exception cref="InvalidOperationException">The task could not be built; the message has the build's output.</exception>
    public static async Task<OfficialExporter> BuildAsync(string workFolder)
    {
        string home = Directory.CreateDirectory(Path.Combine(workFolder, "home")).FullName;
        MachineNuGet.CopyConfigurationTo(home);
        var exporter = new OfficialExporter(Path.Combine(workFolder, "task"));
        var build = new DotnetCommand(
        [
            "build",
            "-c",
            "Release",
            "-o",
            exporter._folder,
            "-t:Build",
            "-t:CompileAheadOfTime",
            // Keeps a compiler server from outliving the program.
            "-p:UseSharedCompilation=false",
            $"-p:ArtifactsPath={Path.Combine(workFolder, "artifacts")}",
        ])
        {
            Environment = DotnetEnvironment.ForUser(home, MachineNuGet.PackagesFolder),
            WorkingDirectory = ProjectFolder,
        };
        (await build.RunAsync()).EnsureSuccess();
        return exporter;
    }

    /// <summary>Adds the task to a copy of the sample.</summary>
    /// <param name="project">The copy, restored without the package.</param>
    /// <param name="aheadOfTime">Whether the task and its dependencies are compiled ahead of time; if not, they are IL, as in their packages.</param>
    public void AddTo(SampleProject project, bool aheadOfTime)
    {
        string targets = Path.Combine([_folder, .. aheadOfTime ? (string[])["linux-x64"] : [], "OfficialExporter.targets"]);
        File.WriteAllText(
            Path.Combine(project.Folder, "Directory.Build.targets"), $"""<Project><Import Project="{SecurityElement.Escape(targets)}" /></Project>""");
    }
}
