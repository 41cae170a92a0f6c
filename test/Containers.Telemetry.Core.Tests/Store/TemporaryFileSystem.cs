using System.Diagnostics;

namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A small file system in memory, which can be full or read-only for everybody, the superuser included.</summary>
internal sealed class TemporaryFileSystem : IDisposable
{
    private TemporaryFileSystem(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts one, or ends the test as inconclusive where that takes rights that the tests do not have.</summary>
    /// <param name="options">The mount's options, such as <c>size=64k</c>.</param>
    public static TemporaryFileSystem Mount(string options)
    {
        TemporaryFileSystem? mounted = TryMount(options);
        if (mounted is null)
        {
            Assert.Inconclusive("Only the superuser of a Linux machine can mount a file system, and in a container often not even that.");
        }

        return mounted;
    }

    /// <inheritdoc cref="Mount"/>
    /// <returns>Null where that takes rights that the tests do not have.</returns>
    public static TemporaryFileSystem? TryMount(string options)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        string path = Directory.CreateTempSubdirectory("containers-telemetry-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) != 0)
        {
            Directory.Delete(path);
            return null;
        }

        return new TemporaryFileSystem(path);
    }

    public void MakeReadOnly() => Assert.AreEqual(0, Run("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();

        return process.ExitCode;
    }
}
