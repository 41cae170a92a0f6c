using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The result of a publish, and everything that it reported.</summary>
/// <param name="Command">The exit code and the output of the process.</param>
/// <param name="Events">MSBuild's events, in order.</param>
/// <param name="Outputs">The outputs that a target after the publish saw, one element per project; none for a failed project.</param>
/// <param name="ProjectFolder">Folder of the generated repository.</param>
/// <param name="Home">Home folder of the user who published.</param>
public sealed record PublishResult(
    CommandResult Command,
    IReadOnlyList<RecordedEvent> Events,
    IReadOnlyList<PublishOutputs> Outputs,
    string ProjectFolder,
    string Home)
{
    public int ExitCode => Command.ExitCode;

    public string StandardOutput => Command.StandardOutput;

    public string StandardError => Command.StandardError;

    public TimeSpan Duration => Command.Duration;

    public IEnumerable<RecordedEvent> Telemetry => Of(RecordedKind.Telemetry);

    /// <summary>The telemetry events of the container tools, which the CLI would forward.</summary>
    public IEnumerable<RecordedEvent> ContainerEvents =>
        Telemetry.Where(e => e.Name!.StartsWith("sdk/container/", StringComparison.Ordinal));

    public IEnumerable<RecordedEvent> Errors => Of(RecordedKind.Error);

    public IEnumerable<RecordedEvent> Warnings => Of(RecordedKind.Warning);

    public IEnumerable<RecordedEvent> Messages => Of(RecordedKind.Message);

    /// <summary>The starts of tasks, with their assemblies.</summary>
    public IEnumerable<RecordedEvent> Tasks => Of(RecordedKind.TaskStarted);

    /// <summary>Paths of all assemblies that MSBuild loaded or ran a task of.</summary>
    public IEnumerable<string> Assemblies =>
        Events.Where(e => e.Kind is RecordedKind.AssemblyLoaded or RecordedKind.TaskStarted).Select(e => e.Assembly).OfType<string>().Distinct();

    private IEnumerable<RecordedEvent> Of(RecordedKind kind) => Events.Where(e => e.Kind == kind);
}
