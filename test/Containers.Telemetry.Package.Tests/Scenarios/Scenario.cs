using System.Runtime.InteropServices;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>A publish with a known outcome.</summary>
/// <param name="Name">The name, as a sentence about the publish.</param>
public sealed record Scenario(string Name)
{
    /// <summary>The runtime identifier that the SDK publishes for when the project names none.</summary>
    public static readonly string MachineRuntime = "linux-" + RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        Architecture other => throw new PlatformNotSupportedException($"The scenarios do not know the architecture {other}."),
    };

    public ProjectShape Shape { get; init; } = new();

    /// <summary>Seeds base images, sets faults, writes container programs.</summary>
    public Action<ScenarioStage> Arrange { get; init; } = static _ => { };

    /// <summary>The registry of the push; null for none. <see cref="ScenarioStage.Fill"/> fills in this property and the ones below.</summary>
    public string? Registry { get; init; } = "{registry}";

    /// <summary>Properties of the publish.</summary>
    public (string Name, string Value)[] Properties { get; init; } = [];

    /// <summary>Environment variables of the publish.</summary>
    public (string Name, string Value)[] Variables { get; init; } = [];

    /// <summary>
    /// Whether the publish can share a process with others: it differs from them only in properties, registries and container programs. <see
    /// cref="Arrange"/> then sets no variable and no interruption.
    /// </summary>
    public bool SharesProcess { get; init; }

    /// <summary>Whether <see cref="Arrange"/> sets the programs on the PATH.</summary>
    public bool HasPrograms { get; init; }

    /// <summary>Further arguments of the publish.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>
    /// The name of the warm servers that publish the scenario; empty for those that most scenarios share. A publish needs servers of its own if it sets
    /// a variable that a process reads only once, always to the same value, or if no server may have loaded the package's assemblies before.
    /// </summary>
    public string Servers { get; init; } = "";

    /// <summary>
    /// Whether a process that has published before would publish differently: MSBuild may use nodes, or a process reads some variable only once.
    /// </summary>
    public bool NeedsFreshProcess
    {
        get => field
            || Arguments.Any(static argument => argument is "-mt" || (argument.StartsWith("-m:", StringComparison.Ordinal) && argument != "-m:1"))
            || (Servers.Length == 0 && Variables.Any(static variable => IsReadOnce(variable.Name)));
        init;
    }

    /// <summary>The target to run; null for none, so that the project's profile decides.</summary>
    public string? Target { get; init; } = "PublishContainer";

    /// <summary>Whether the publish uses the existing build output, which is faster.</summary>
    public bool NoBuild { get; init; } = true;

    /// <summary>Whether the publish succeeds for the user.</summary>
    public bool Succeeds { get; init; } = true;

    /// <summary>All container events of the publish, in order.</summary>
    public ExpectedEvent[] Events { get; init; } = [];

    /// <summary>
    /// Whether the log and the outputs are compared with a publish without the package. An interrupted publish ends at a random point.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Whether a process reads the variable only once: the proxy and the folder for temporary files.</summary>
    public static bool IsReadOnce(string variable) =>
        variable.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase) || variable is "TMPDIR" or "TEMP" or "TMP";

    /// <inheritdoc />
    public override string ToString() => Name;
}
