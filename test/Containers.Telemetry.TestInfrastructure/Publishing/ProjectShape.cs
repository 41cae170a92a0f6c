namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The properties of a generated project that are the same for all its publishes.</summary>
/// <remarks>Values that differ between publishes of one shape, such as a registry's port, belong in a <see cref="PublishRequest"/>.</remarks>
public sealed record ProjectShape
{
    // A shared instance, so that two shapes with the default are equal.
    private static readonly string[] DefaultTargetFrameworks = ["net10.0"];

    /// <summary>Name of the project, its assembly and the repository of its image.</summary>
    public string Name { get; init; } = "app";

    public ProjectKind Kind { get; init; }

    public PackageStyle Package { get; init; }

    /// <summary>The feed of the package. Required unless <see cref="Package"/> is <see cref="PackageStyle.None"/>.</summary>
    public PackageFeed? Feed { get; init; }

    /// <summary>Several names make a multi-targeted project.</summary>
    public IReadOnlyList<string> TargetFrameworks { get; init; } = DefaultTargetFrameworks;

    /// <summary>The <c>RuntimeIdentifiers</c> of the project. Each is built, so that it can be published without a build.</summary>
    public IReadOnlyList<string> RuntimeIdentifiers { get; init; } = [];

    /// <summary>Properties of the project file, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>
    /// MSBuild XML in the project file after its properties, such as item groups and targets. It must not affect the build: everything that a restore
    /// or a compilation reads is in <see cref="Properties"/> or <see cref="Files"/>.
    /// </summary>
    public string Content { get; init; } = "";

    /// <summary>More files of the repository: relative paths with slashes, and their content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Files { get; init; } = [];

    /// <summary>
    /// More than one makes a solution of that many projects, each named by <see cref="Name"/> and a number from 1.
    /// </summary>
    public int ProjectCount { get; init; } = 1;

    /// <summary>
    /// Whether the projects of the solution are files in one folder, named <see cref="Name"/>. Their outputs go to separate folders.
    /// </summary>
    public bool SharesFolder { get; init; }

    /// <summary>
    /// Whether a restore may also use the package sources of this machine. This is rarely needed: packages that this repository restores are found
    /// without it.
    /// </summary>
    public bool UsesMachineSources { get; init; }
}
