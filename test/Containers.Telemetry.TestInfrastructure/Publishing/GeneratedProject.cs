namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A generated repository that was restored and built, and can be published any number of times.</summary>
public sealed class GeneratedProject
{
    private const string Configuration = "Release";

    private readonly ProjectShape _shape;

    private GeneratedProject(ProjectShape shape, string folder, string home, string packages)
    {
        _shape = shape;
        Home = home;
        Environment = DotnetEnvironment.ForUser(home, packages).WithoutUnneededWork();
        Folder = folder;
        EntryPoint = Path.Combine(folder, ProjectWriter.EntryPoint(shape));
    }

    /// <summary>The folder of the repository.</summary>
    public string Folder { get; }

    /// <summary>Full path of the project file, or of the solution file.</summary>
    public string EntryPoint { get; }

    /// <summary>Home folder of the project's user.</summary>
    public string Home { get; }

    /// <summary>Environment variables of the user.</summary>
    public DotnetEnvironment Environment { get; }

    /// <summary>Writes, restores and builds a project in an empty or absent folder, with exclusive use of a server.</summary>
    internal static async Task<GeneratedProject> CreateAsync(
        ProjectShape shape, string workFolder, string packages, BuildServer server, CancellationToken cancellationToken)
    {
        var project = At(shape, workFolder, packages);
        project.Write(ProjectWriter.Render(shape));
        if (shape.UsesMachineSources)
        {
            MachineNuGet.CopyConfigurationTo(project.Home);
        }

        // NuGet locks the extraction of a package in the temporary folder, so users of one packages folder must share that folder, too.
        var environment = server.Environment(project.Environment).With("NUGET_SCRATCH", Directory.CreateDirectory(packages + ".lock").FullName);
        await project.BuildAsync(["build", project.EntryPoint, "-c", Configuration], environment, cancellationToken);
        if (shape.RuntimeIdentifiers.Count > 0)
        {
            string builds = Path.Combine(workFolder, "runtimes.proj");
            await File.WriteAllTextAsync(builds, ProjectWriter.RenderRuntimeBuilds(shape, project.Folder, Configuration), cancellationToken);
            await project.BuildAsync(["build", builds], environment, cancellationToken);
        }

        return project;
    }

    /// <summary>Copies the project with its build output, for another user with another home folder.</summary>
    /// <param name="workFolder">The folder of the copy.</param>
    /// <param name="shape">The shape of the copy. It must restore and compile like this project.</param>
    internal GeneratedProject CopyTo(string workFolder, ProjectShape shape)
    {
        var copy = At(shape, workFolder, Environment.Variables["NUGET_PACKAGES"]);
        FolderCopy.Copy(Folder, copy.Folder);
        copy.Write(ProjectWriter.Render(shape).Except(ProjectWriter.Render(_shape)));
        return copy;
    }

    /// <summary>Publishes the project. Publishes of one project must not overlap: copy it instead.</summary>
    public async Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default)
    {
        using var observed = new TemporaryFolder();
        string record = observed.Combine("events");
        var command = new DotnetCommand(
        [
            .. Verb(request),
            .. request.Target is { } target ? (string[])[$"-t:{target}"] : [],
            .. request.Properties.Select(property => $"-p:{property.Key}={property.Value}"),
            .. request.Arguments,
            EventRecording.LoggerArgument(record),
        ])
        {
            Environment = request.Environment(Environment).With(PublishOutputs.FolderVariable, observed.Path),
            Interrupt = request.Interrupt,
            WorkingDirectory = Folder,
        };

        var result = await command.RunAsync(cancellationToken);
        return new(result, EventRecording.Read(record), PublishOutputs.ReadAll(observed.Path), Folder, Home);
    }

    private void Write(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (path, content) in files)
        {
            string file = Path.Combine(Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }
    }

    private string[] Verb(PublishRequest request) => (request.Verb, request.NoBuild) switch
    {
        (PublishVerb.Publish, true) => ["publish", EntryPoint, "-c", Configuration, "--no-build"],
        (PublishVerb.Publish, false) => ["publish", EntryPoint, "-c", Configuration, "--no-restore"],
        (PublishVerb.Build, _) => ["build", EntryPoint, "-c", Configuration, "--no-restore"],
        (PublishVerb.MSBuild, true) => ["msbuild", EntryPoint, $"-p:Configuration={Configuration}", "-p:NoBuild=true"],
        (PublishVerb.MSBuild, false) => ["msbuild", EntryPoint, $"-p:Configuration={Configuration}"],
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Verb, "No such command."),
    };

    private static GeneratedProject At(ProjectShape shape, string workFolder, string packages) =>
        new(shape, Path.Combine(workFolder, "repository"), Path.Combine(workFolder, "home"), packages);

    private async Task BuildAsync(string[] arguments, DotnetEnvironment environment, CancellationToken cancellationToken)
    {
        var command = new DotnetCommand([.. arguments, "-m:1", CompilerServer.Argument]) { Environment = environment, WorkingDirectory = Folder };
        (await command.RunAsync(cancellationToken)).EnsureSuccess();
    }
}
