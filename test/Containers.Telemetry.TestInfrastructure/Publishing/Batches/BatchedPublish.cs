namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>One publish of a <see cref="PublishBatch"/>.</summary>
/// <param name="Name">Tells the publishes of a batch apart.</param>
public sealed record BatchedPublish(string Name)
{
    /// <summary>Global properties, in order, as on the command line: a list with semicolons may stand in quotes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>The target to run; null publishes as the project says.</summary>
    public string? Target { get; init; } = "PublishContainer";

    /// <summary>Arranges the world for this publish. Runs after the publish before it has ended.</summary>
    public Func<Task> PrepareAsync { get; init; } = static () => Task.CompletedTask;
}
