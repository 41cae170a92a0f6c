using System.Security;
using System.Xml.Linq;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A copy of this repository's sample, <c>samples/HelloContainer</c>, restored, to be published any number of times.</summary>
public sealed class SampleProject
{
    private const string Name = "HelloContainer";
    private const string VersionVariable = "ContainersTelemetryVersion";

    private static readonly string Source = Path.Combine(Repository.Root, "samples", Name);

    private SampleProject(string folder, string home, DotnetEnvironment environment)
    {
        Folder = folder;
        Home = home;
        Environment = environment;
    }

    /// <summary>The runtime identifiers of the restore.</summary>
    public static IReadOnlyList<string> RuntimeIdentifiers { get; } = ["linux-x64", "linux-arm64"];

    /// <summary>Folder of the copy, the working directory of its publishes.</summary>
    public string Folder { get; }

    /// <summary>Home folder of the project's user.</summary>
    public string Home { get; }

    /// <summary>Environment variables of the user.</summary>
    public DotnetEnvironment Environment { get; }

    /// <summary>Full path of the project file.</summary>
    public string ProjectFile => ProjectFileIn(Folder);

    /// <summary>Copies and restores the sample.</summary>
    /// <param name="workFolder">An empty or absent folder for the copy, its user and the packages.</param>
    /// <param name="feed">The feed of the package; null to remove the package reference from the copy.</param>
    /// <param name="cancellationToken">Ends the restore.</param>
    /// <exception cref="InvalidOperationException">The restore failed; the message contains its output.</exception>
    public static async Task<SampleProject> CreateAsync(string workFolder, PackageFeed? feed, CancellationToken cancellationToken = default)
    {
        string folder = Path.Combine(workFolder, Name);
        CopySource(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), ProjectWriter.CommonProperties, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "NuGet.config"), RenderNuGetConfiguration(feed), cancellationToken);
        if (feed is null)
        {
            RemoveReferences(ProjectFileIn(folder));
        }

        string home = Path.Combine(workFolder, "home");
        var environment = DotnetEnvironment.ForUser(home, Path.Combine(workFolder, "packages"))
            .With(VersionVariable, feed?.Version);
        var project = new SampleProject(folder, home, environment);
        string runtimes = string.Join(';', RuntimeIdentifiers);
        (await project.RunAsync(["restore", project.ProjectFile, $"-p:RuntimeIdentifiers=\"{runtimes}\""], environment, cancellationToken)).EnsureSuccess();
        return project;
    }

    /// <summary>The arguments of <c>dotnet</c> for a publish.</summary>
    public IReadOnlyList<string> PublishArguments(params IEnumerable<string> more) =>
        ["publish", ProjectFile, "-c", "Release", "--no-restore", "-t:PublishContainer", .. more];

    /// <summary>Publishes the sample, and records MSBuild's events. Publishes of one copy must not overlap.</summary>
    /// <param name="arguments">More arguments, such as properties.</param>
    /// <param name="environment">Changes to the environment of the project's user.</param>
    /// <param name="cancellationToken">Kills the publish.</param>
    public async Task<PublishResult> PublishAsync(
        IEnumerable<string> arguments, Func<DotnetEnvironment, DotnetEnvironment> environment, CancellationToken cancellationToken = default)
    {
        using var observed = new TemporaryFolder();
        string record = observed.Combine("events");
        var result = await RunAsync(
            PublishArguments([.. arguments, EventRecording.LoggerArgument(record)]), environment(Environment), cancellationToken);
        return new(result, EventRecording.Read(record), [], Folder, Home);
    }

    private static string ProjectFileIn(string folder) => Path.Combine(folder, $"{Name}.csproj");

    // The sample may have build output in its folder, which is not part of it.
    private static void CopySource(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static string RenderNuGetConfiguration(PackageFeed? feed)
    {
        string source = feed is null ? "" : $"""<add key="feed" value="{SecurityElement.Escape(feed.Folder)}" />""";
        return $"<configuration><packageSources><clear />{source}</packageSources></configuration>";
    }

    private static void RemoveReferences(string projectFile)
    {
        var project = XDocument.Load(projectFile);
        project.Descendants("PackageReference").Remove();
        project.Save(projectFile);
    }

    private Task<CommandResult> RunAsync(IEnumerable<string> arguments, DotnetEnvironment environment, CancellationToken cancellationToken) =>
        new DotnetCommand(arguments) { Environment = environment, WorkingDirectory = Folder }.RunAsync(cancellationToken);
}
