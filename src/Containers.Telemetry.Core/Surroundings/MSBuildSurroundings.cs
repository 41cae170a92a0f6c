using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>The MSBuild that a publish ran in.</summary>
/// <param name="Host">The program that started the build.</param>
/// <param name="NodeMode">The kind of process that observed the publish.</param>
public sealed record MSBuildSurroundings(MSBuildHost Host, MSBuildNodeMode NodeMode)
{
    private const string FrameworkRuntime = "Full";

    // MSBuild's own order. Even an unknown host name rules out the hosts of the list.
    private static readonly VariableRule<MSBuildHost>[] Rules =
    [
        new(MSBuildHost.VisualStudio, Value("MSBUILD_HOST_NAME", "VS")),
        new(MSBuildHost.VSCode, Value("MSBUILD_HOST_NAME", "VSCode")),
        new(MSBuildHost.Other, Set("MSBUILD_HOST_NAME")),
        new(MSBuildHost.VSCode, Set("VSCODE_CWD")),
        new(MSBuildHost.VSCode, Value("TERM_PROGRAM", "vscode")),
    ];

    /// <param name="machine">The machine, with the name and the arguments of this process.</param>
    /// <param name="buildingInsideVisualStudio">The project's <c>BuildingInsideVisualStudio</c> property.</param>
    /// <param name="runtimeType">The project's <c>MSBuildRuntimeType</c> property: <c>Core</c>, <c>Full</c>, or null when unknown.</param>
    public static MSBuildSurroundings Detect(IMachineEnvironment machine, bool buildingInsideVisualStudio, string? runtimeType) =>
        new(DetectHost(machine, buildingInsideVisualStudio, runtimeType), DetectNodeMode(machine.CommandLine));

    private static MSBuildHost DetectHost(IMachineEnvironment machine, bool buildingInsideVisualStudio, string? runtimeType) =>
        buildingInsideVisualStudio
            ? MSBuildHost.VisualStudio
            : VariableRule<MSBuildHost>.FirstMatch(Rules, machine) ?? FromProcess(machine.ProcessName, runtimeType);

    // The name is not enough: MSBuild on .NET Framework sends a .NET task to a process of the SDK, and the SDK's own nodes
    // are called MSBuild, too.
    private static MSBuildHost FromProcess(string? name, string? runtimeType) =>
        name?.ToLowerInvariant() is not ("dotnet" or "msbuild") ? MSBuildHost.Other
        : string.Equals(runtimeType, FrameworkRuntime, StringComparison.OrdinalIgnoreCase) ? MSBuildHost.MSBuildExe
        : MSBuildHost.DotnetCli;

    private static MSBuildNodeMode DetectNodeMode(IReadOnlyList<string> commandLine)
    {
        const string Switch = "/nodemode:";

        for (int index = 1; index < commandLine.Count; index++)
        {
            if (commandLine[index].StartsWith(Switch, StringComparison.OrdinalIgnoreCase))
            {
                return FromSwitch(commandLine[index].AsSpan(Switch.Length));
            }
        }

        return MSBuildNodeMode.InProcess;
    }

    // Older versions of MSBuild pass numbers, newer ones names.
    private static MSBuildNodeMode FromSwitch(ReadOnlySpan<char> value) => value switch
    {
        "1" or "OutOfProcNode" => MSBuildNodeMode.WorkerNode,
        "2" or "OutOfProcTaskHostNode" => MSBuildNodeMode.TaskHost,
        "8" or "OutOfProcServerNode" => MSBuildNodeMode.Server,
        _ => MSBuildNodeMode.Other,
    };
}

/// <summary>The program that started the build.</summary>
public enum MSBuildHost
{
    /// <summary>A host that is not in this list, such as a program that calls MSBuild's API.</summary>
    Other,

    /// <summary>The .NET SDK's MSBuild: <c>dotnet publish</c>, <c>dotnet msbuild</c> and the like.</summary>
    DotnetCli,

    /// <summary>MSBuild on .NET Framework, from a command line.</summary>
    MSBuildExe,

    /// <summary>Visual Studio Code, or a command in its terminal.</summary>
    VSCode,

    VisualStudio,
}

/// <summary>The kind of process that a task runs in.</summary>
public enum MSBuildNodeMode
{
    /// <summary>A kind of node that is not in this list.</summary>
    Other,

    /// <summary>The process that the build was started in.</summary>
    InProcess,

    /// <summary>The MSBuild server, which outlives the command that uses it.</summary>
    Server,

    /// <summary>A task host: a process for tasks that cannot run in the process of their project.</summary>
    TaskHost,

    /// <summary>A worker node: a process that builds some of the projects.</summary>
    WorkerNode,
}
