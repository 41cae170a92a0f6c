using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// A program named <c>docker</c> or <c>podman</c>, in a folder that a test puts first on the PATH of a child process. It supports the commands that
/// the .NET SDK calls: <c>version</c>, <c>info</c> and <c>load</c>.
/// </summary>
public sealed class FakeContainerCli
{
    private readonly string _invocationsPath;

    private FakeContainerCli(string path)
    {
        _invocationsPath = path + ".invocations";
        LoadedArchivePath = path + ".loaded.tar";
    }

    /// <summary>The arguments of each call so far, in order.</summary>
    public IReadOnlyList<string> Invocations => File.Exists(_invocationsPath) ? File.ReadAllLines(_invocationsPath) : [];

    /// <summary>The file with the input of the last <c>load</c>; it does not exist before the first one.</summary>
    public string LoadedArchivePath { get; }

    /// <summary>Writes the program.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="cli">The program to replace.</param>
    /// <param name="behavior">Its behaviour.</param>
    /// <exception cref="PlatformNotSupportedException">On Windows, where the SDK starts no scripts.</exception>
    public static FakeContainerCli Write(string folder, ContainerCli cli, ContainerCliBehavior behavior)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The fake docker and podman are shell scripts, which Windows does not start.");
        }

        string path = Path.Combine(folder, cli.ToString().ToLowerInvariant());
        File.WriteAllText(path, CreateScript(cli, behavior));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new FakeContainerCli(path);
    }

    private static string CreateScript(ContainerCli cli, ContainerCliBehavior behavior) =>
        $$"""
        #!/bin/sh
        # Stands in for {{cli}} in a test.
        PATH=$PATH:/bin:/usr/bin
        printf '%s\n' "$*" >>"$0.invocations"

        finish() {
            [ "$1" -eq 0 ] || printf '%s\n' {{Quote(behavior.Error)}} >&2
            exit "$1"
        }

        case "$1" in
            version)
                finish {{behavior.DaemonExitCode}}
                ;;
            info)
                printf '%s\n' {{Quote(CreateInfo(cli, behavior))}}
                finish {{behavior.DaemonExitCode}}
                ;;
            load)
                {{(behavior.ReadsAll ? "cat >\"$0.loaded.tar\"" : "exec <&-")}}
                finish {{behavior.LoadExitCode}}
                ;;
            *)
                printf 'unknown command: %s\n' "$1" >&2
                exit 125
                ;;
        esac

        """.ReplaceLineEndings("\n");

    private static string CreateInfo(ContainerCli cli, ContainerCliBehavior behavior)
    {
        JsonObject info = cli == ContainerCli.Podman
            ? new() { ["host"] = new JsonObject { ["buildahVersion"] = "1.39.0" } }
            : new()
            {
                ["DockerRootDir"] = "/var/lib/docker",
                ["DriverStatus"] = new JsonArray(new JsonArray(
                    "driver-type",
                    behavior.UsesContainerdImageStore ? "io.containerd.snapshotter.v1" : "overlay2")),
            };

        return info.ToJsonString();
    }

    /// <summary>Quotes any text as one word of the shell.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
