namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>One publish of a <see cref="PublishBatch"/>.</summary>
/// <param name="Name">The name, unique in the batch.</param>
public sealed record BatchedPublish(string Name)
{
    /// <summary>The project; null for that of the batch. Nobody else may publish it at the same time.</summary>
    public GeneratedProject? Project { get; init; }

    /// <summary>Global properties, in order, as on the command line: a list with semicolons may be in quotes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>The target to run; null to let the project decide.</summary>
    public string? Target { get; init; } = "PublishContainer";

    /// <summary>Prepares the surroundings of this publish, after the previous one has ended.</summary>
    public Func<Task> PrepareAsync { get; init; } = static () => Task.CompletedTask;
}
