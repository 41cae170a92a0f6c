using System.Globalization;
using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>Publishes of one built project that differ in global properties only, one after the other in one MSBuild process.</summary>
/// <remarks>
/// To start MSBuild, to load the SDK and to compile both takes most of the time of a publish, and here it is spent once. Environment variables
/// are those of the process, and so the same for all publishes. A publish that fails does not stop the next one.
/// </remarks>
/// <param name="project">The project. It must not be published by anybody else meanwhile.</param>
/// <param name="publishes">The publishes, in order, each with a name of its own.</param>
public sealed class PublishBatch(GeneratedProject project, IReadOnlyList<BatchedPublish> publishes)
{
    /// <summary>Changes to the environment that the project's user has.</summary>
    public Func<DotnetEnvironment, DotnetEnvironment> Environment { get; init; } = environment => environment;

    /// <summary>More arguments of MSBuild, such as <c>-mt</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Full path of the <c>dotnet</c> program of the SDK that publishes.</summary>
    public string Program { get; init; } = DotnetHost.Path;

    /// <summary>Whether the project's packages are restored first, in the same process.</summary>
    public bool Restores { get; init; }

    /// <summary>How long all publishes together may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>Publishes, and returns how each publish ended by its name.</summary>
    /// <exception cref="InvalidOperationException">The batch itself failed, and not one of its publishes; the message holds its output.</exception>
    public async Task<IReadOnlyDictionary<string, PublishResult>> RunAsync(CancellationToken cancellationToken = default)
    {
        using var observed = new TemporaryFolder();
        await using PreparationServer preparations = await PreparationServer.StartAsync(publishes, cancellationToken);
        string traversal = observed.Combine("batch.proj");
        await File.WriteAllTextAsync(
            traversal, TraversalProject.Render(project.EntryPoint, Restores, publishes, preparations.Address, observed.Combine("prepared")), cancellationToken);

        string record = observed.Combine("events");
        var command = new DotnetCommand(["msbuild", traversal, $"-t:{TraversalProject.Target}", "-m:1", .. Arguments, EventRecording.LoggerArgument(record)])
        {
            Program = Program,
            Environment = Environment(project.Environment).With(PublishOutputs.FolderVariable, observed.Path),
            TimeLimit = TimeLimit,
            WorkingDirectory = project.Folder,
        };
        CommandResult result = await command.RunAsync(cancellationToken);
        ILookup<string?, RecordedEvent> events = EventRecording.Read(record).ToLookup(e => e.Publish, StringComparer.Ordinal);
        EnsureBatchSucceeded(result, events[null]);
        return publishes
            .Select((publish, number) => (publish.Name, Result: Extract(number.ToString(CultureInfo.InvariantCulture), result, events, observed.Path)))
            .ToDictionary(publish => publish.Name, publish => publish.Result, StringComparer.Ordinal);
    }

    private static void EnsureBatchSucceeded(CommandResult result, IEnumerable<RecordedEvent> events)
    {
        RecordedEvent[] own = [.. events];
        RecordedEvent? error = own.FirstOrDefault(e => e.Kind == RecordedKind.Error);
        if (error is not null || !own.Any(e => e.Kind == RecordedKind.BuildFinished))
        {
            throw new InvalidOperationException($"The batch failed: {error?.Text}\n{result.StandardOutput}\n{result.StandardError}");
        }
    }

    private PublishResult Extract(string number, CommandResult batch, ILookup<string?, RecordedEvent> events, string outputs)
    {
        RecordedEvent[] own = [.. events[number]];

        // The projects that a project builds finish before it does.
        bool succeeded = own.LastOrDefault(e => e.Kind == RecordedKind.ProjectFinished)?.Succeeded == true;
        return new(
            batch with { ExitCode = succeeded ? 0 : 1, StandardOutput = Summarize(own) },
            own,
            PublishOutputs.ReadAll(Path.Combine(outputs, number)),
            project.Folder,
            project.Home);
    }

    private static string Summarize(IEnumerable<RecordedEvent> events) => string.Join(
        '\n', events.Where(e => e.Kind is RecordedKind.Error or RecordedKind.Warning).Select(e => $"{e.Kind} {e.Code}: {e.Text}"));
}
