namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The behaviour of a <see cref="FakeContainerCli"/>.</summary>
public sealed class ContainerCliBehavior
{
    // A shell's exit code for a program that SIGKILL has ended.
    private const int KilledExitCode = 137;

    private ContainerCliBehavior(int daemonExitCode, bool usesContainerdImageStore, int loadExitCode, string error)
    {
        DaemonExitCode = daemonExitCode;
        UsesContainerdImageStore = usesContainerdImageStore;
        LoadExitCode = loadExitCode;
        Error = error;
    }

    /// <summary>All commands succeed, and the image store supports images of several platforms.</summary>
    public static ContainerCliBehavior Healthy { get; } = new(0, true, 0, "");

    /// <summary>All commands succeed, but the image store supports images of one platform only.</summary>
    public static ContainerCliBehavior WithoutContainerdImageStore { get; } = new(0, false, 0, "");

    /// <summary>The program exists and its daemon is down: every command ends with 1.</summary>
    public static ContainerCliBehavior DaemonDown { get; } = new(1, true, 1, "Cannot connect to the daemon. Is the daemon running?");

    /// <summary>The daemon is killed as soon as <c>load</c> has started to read.</summary>
    public static ContainerCliBehavior DiesWhileLoading { get; } = new(0, true, KilledExitCode, "") { ReadsAll = false };

    /// <summary>The exit code of <c>version</c> and <c>info</c>.</summary>
    internal int DaemonExitCode { get; }

    internal bool UsesContainerdImageStore { get; }

    internal int LoadExitCode { get; }

    /// <summary>Whether <c>load</c> reads its input to the end.</summary>
    internal bool ReadsAll { get; private init; } = true;

    /// <summary>The text that a failing command writes to standard error.</summary>
    internal string Error { get; }

    /// <summary>The daemon runs, but <c>load</c> reads its input and ends with 1.</summary>
    /// <param name="error">The text on standard error.</param>
    public static ContainerCliBehavior LoadFails(string error) => new(0, true, 1, error);
}
