using System.Runtime.InteropServices;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>A publish whose outcome is known.</summary>
/// <param name="Name">What happens, as a sentence.</param>
public sealed record Scenario(string Name)
{
    /// <summary>The runtime identifier that the SDK publishes for when the project names none.</summary>
    public static readonly string MachineRuntime = "linux-" + RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        Architecture other => throw new PlatformNotSupportedException($"The scenarios do not know the architecture {other}."),
    };

    /// <summary>The project.</summary>
    public ProjectShape Shape { get; init; } = new();

    /// <summary>Seeds base images, sets faults, writes local registries.</summary>
    public Action<ScenarioStage> Arrange { get; init; } = static _ => { };

    /// <summary>The registry that is pushed to; null is none. <see cref="ScenarioStage.Fill"/> says what is filled in here and below.</summary>
    public string? Registry { get; init; } = "{registry}";

    /// <summary>Properties of the publish.</summary>
    public (string Name, string Value)[] Properties { get; init; } = [];

    /// <summary>Environment variables of the publish.</summary>
    public (string Name, string Value)[] Variables { get; init; } = [];

    /// <summary>
    /// Whether the publish differs from others in its properties and in what registries and programs do, so that it can run in one process with them.
    /// Then <see cref="Arrange"/> sets no variable and no interruption.
    /// </summary>
    public bool SharesProcess { get; init; }

    /// <summary>Whether <see cref="Arrange"/> decides which programs are on the PATH.</summary>
    public bool HasPrograms { get; init; }

    /// <summary>Further arguments of the publish.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>
    /// Whether a process that has published before would publish in another way: MSBuild may use nodes, or there is a variable that a process reads but once.
    /// To be set where <see cref="Arrange"/> sets such a variable.
    /// </summary>
    public bool NeedsFreshProcess
    {
        get => field
            || Arguments.Any(static argument => argument is "-mt" || (argument.StartsWith("-m:", StringComparison.Ordinal) && argument != "-m:1"))
            || Variables.Any(static variable => IsReadOnce(variable.Name));
        init;
    }

    /// <summary>What the target is called with; null for none, so that the project's profile decides.</summary>
    public string? Target { get; init; } = "PublishContainer";

    /// <summary>Whether the built project is published as it is, which is faster.</summary>
    public bool NoBuild { get; init; } = true;

    /// <summary>Whether the publish succeeds for the user.</summary>
    public bool Succeeds { get; init; } = true;

    /// <summary>All container events of the publish, in order.</summary>
    public ExpectedEvent[] Events { get; init; } = [];

    /// <summary>Whether log and outputs are compared with a publish without the package. A publish that is interrupted ends at random places.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Tells the environment variables that a process reads but once: which proxy it uses, and where its temporary files are.</summary>
    public static bool IsReadOnce(string variable) =>
        variable.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase) || variable is "TMPDIR" or "TEMP" or "TMP";

    /// <inheritdoc />
    public override string ToString() => Name;
}
