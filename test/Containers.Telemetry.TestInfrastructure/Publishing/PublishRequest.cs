namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>One run of <c>dotnet publish</c>, or of a command that does the same, as a user would type it.</summary>
public sealed record PublishRequest
{
    /// <summary>The command.</summary>
    public PublishVerb Verb { get; init; }

    /// <summary>Global properties (<c>-p:</c>), in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>The target to run (<c>-t:</c>); null publishes as the project says, for example with a publish profile.</summary>
    public string? Target { get; init; } = "PublishContainer";

    /// <summary>
    /// Whether to publish the existing build output (<c>--no-build</c>), which saves a compilation. Otherwise the project is built again, as far as
    /// it has changed.
    /// </summary>
    public bool NoBuild { get; init; } = true;

    /// <summary>More arguments, such as <c>-mt</c>, <c>-m:1</c> or <c>-r</c> and a runtime identifier.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Changes to the environment of the project's user.</summary>
    public Func<DotnetEnvironment, DotnetEnvironment> Environment { get; init; } = environment => environment;

    /// <summary>When this task completes, the user presses Ctrl+C.</summary>
    public Task? Interrupt { get; init; }

}
