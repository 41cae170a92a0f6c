namespace Containers.Telemetry.TestInfrastructure;

/// <summary>How a <see cref="FakeContainerCli"/> answers.</summary>
public sealed class ContainerCliBehavior
{
    // What a shell makes of a program that SIGKILL has ended.
    private const int KilledExitCode = 137;

    private ContainerCliBehavior(int daemonExitCode, bool usesContainerdImageStore, int loadExitCode, string error)
    {
        DaemonExitCode = daemonExitCode;
        UsesContainerdImageStore = usesContainerdImageStore;
        LoadExitCode = loadExitCode;
        Error = error;
    }

    /// <summary>All commands succeed, and the image store can hold images of several platforms.</summary>
    public static ContainerCliBehavior Healthy { get; } = new(0, true, 0, "");

    /// <summary>All commands succeed, but the image store holds images of one platform only.</summary>
    public static ContainerCliBehavior WithoutContainerdImageStore { get; } = new(0, false, 0, "");

    /// <summary>The program is there, its daemon is not: every command ends with 1.</summary>
    public static ContainerCliBehavior DaemonDown { get; } = new(1, true, 1, "Cannot connect to the daemon. Is the daemon running?");

    /// <summary>The daemon runs, and is killed as soon as <c>load</c> has begun to read.</summary>
    public static ContainerCliBehavior DiesWhileLoading { get; } = new(0, true, KilledExitCode, "") { ReadsAll = false };

    /// <summary>The exit code of <c>version</c> and <c>info</c>.</summary>
    internal int DaemonExitCode { get; }

    internal bool UsesContainerdImageStore { get; }

    internal int LoadExitCode { get; }

    /// <summary>Whether <c>load</c> reads its input to the end.</summary>
    internal bool ReadsAll { get; private init; } = true;

    /// <summary>What a command that fails writes to the standard error.</summary>
    internal string Error { get; }

    /// <summary>The daemon runs, but <c>load</c> reads its input and ends with 1.</summary>
    /// <param name="error">What it writes to the standard error.</param>
    public static ContainerCliBehavior LoadFails(string error) => new(0, true, 1, error);
}
