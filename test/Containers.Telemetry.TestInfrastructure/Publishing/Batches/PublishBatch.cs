using System.Globalization;
using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>Publishes of built projects in one MSBuild process, one after the other. They differ only in the project and in global properties.</summary>
/// <remarks>
/// Starting MSBuild, loading the SDK and compiling both takes most of the time of a publish; a batch does this once. Environment variables belong to
/// the process, so all publishes have the same. A failed publish does not stop the next one.
/// </remarks>
/// <param name="project">The project. Nobody else may publish it at the same time.</param>
/// <param name="publishes">The publishes, in order, each with a unique name.</param>
public sealed class PublishBatch(GeneratedProject project, IReadOnlyList<BatchedPublish> publishes)
{
    /// <summary>Changes to the environment of the project's user.</summary>
    public Func<DotnetEnvironment, DotnetEnvironment> Environment { get; init; } = environment => environment;

    /// <summary>More arguments of MSBuild, such as <c>-mt</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Full path of the <c>dotnet</c> program of the SDK that publishes.</summary>
    public string Program { get; init; } = DotnetHost.Path;

    /// <summary>Whether the packages of the batch's project are restored first, in the same process.</summary>
    public bool Restores { get; init; }

    /// <summary>The time limit for all publishes together.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>Publishes, and returns the results by the names of the publishes.</summary>
    /// <exception cref="InvalidOperationException">The batch itself failed, not one of its publishes; the message contains its output.</exception>
    public async Task<IReadOnlyDictionary<string, PublishResult>> RunAsync(CancellationToken cancellationToken = default)
    {
        using var observed = new TemporaryFolder();
        await using PreparationServer preparations = await PreparationServer.StartAsync(publishes, cancellationToken);
        string traversal = observed.Combine("batch.proj");
        await File.WriteAllTextAsync(
            traversal, TraversalProject.Render(project, Restores, publishes, preparations.Address, observed.Combine("prepared")), cancellationToken);

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
            .Select((publish, number) => (publish.Name, Result: Extract(publish, number.ToString(CultureInfo.InvariantCulture), result, events, observed.Path)))
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

    private PublishResult Extract(BatchedPublish publish, string number, CommandResult batch, ILookup<string?, RecordedEvent> events, string outputs)
    {
        RecordedEvent[] own = [.. events[number]];

        // A project finishes after the projects that it builds.
        bool succeeded = own.LastOrDefault(e => e.Kind == RecordedKind.ProjectFinished)?.Succeeded == true;
        return new(
            batch with { ExitCode = succeeded ? 0 : 1, StandardOutput = Summarize(own) },
            own,
            PublishOutputs.ReadAll(Path.Combine(outputs, number)),
            (publish.Project ?? project).Folder,
            project.Home);
    }

    private static string Summarize(IEnumerable<RecordedEvent> events) => string.Join(
        '\n', events.Where(e => e.Kind is RecordedKind.Error or RecordedKind.Warning).Select(e => $"{e.Kind} {e.Code}: {e.Text}"));
}
