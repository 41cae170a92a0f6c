namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>What a generated project is like: all that is the same for each publish of it.</summary>
/// <remarks>What differs between publishes of one shape, such as a registry's port, belongs into a <see cref="PublishRequest"/>.</remarks>
public sealed record ProjectShape
{
    // One object, so that shapes that say the same are equal.
    private static readonly string[] DefaultTargetFrameworks = ["net10.0"];

    /// <summary>Name of the project, and so of its assembly and of the repository of its image.</summary>
    public string Name { get; init; } = "app";

    public ProjectKind Kind { get; init; }

    public PackageStyle Package { get; init; }

    /// <summary>The feed that has the package. Required unless <see cref="Package"/> is <see cref="PackageStyle.None"/>.</summary>
    public PackageFeed? Feed { get; init; }

    /// <summary>One name makes an ordinary project, more make it multi-targeted.</summary>
    public IReadOnlyList<string> TargetFrameworks { get; init; } = DefaultTargetFrameworks;

    /// <summary>The <c>RuntimeIdentifiers</c> of the project; each is built, so that it can be published without a build.</summary>
    public IReadOnlyList<string> RuntimeIdentifiers { get; init; } = [];

    /// <summary>Properties of the project file, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>
    /// MSBuild XML in the project file after its properties, such as item groups and targets. A build without it is the same: what a restore or a
    /// compilation reads is in <see cref="Properties"/> or <see cref="Files"/>.
    /// </summary>
    public string Content { get; init; } = "";

    /// <summary>More files of the repository: relative paths with slashes, and the content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Files { get; init; } = [];

    /// <summary>
    /// More than one makes a solution of that many projects, each named by <see cref="Name"/> and a number from 1.
    /// </summary>
    public int ProjectCount { get; init; } = 1;

    /// <summary>Whether the projects of the solution are files of one folder, named <see cref="Name"/>; what they build goes to folders of their own.</summary>
    public bool SharesFolder { get; init; }

    /// <summary>
    /// Whether restore may also ask the package sources that are set up on this machine. It is rarely needed: packages that
    /// this repository restores are found without.
    /// </summary>
    public bool UsesMachineSources { get; init; }
}
