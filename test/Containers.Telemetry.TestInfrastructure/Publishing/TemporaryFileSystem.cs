using System.Diagnostics;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A small file system in memory that can be full or read-only, for root, too.</summary>
public sealed class TemporaryFileSystem : IDisposable
{
    private const string Requirement = "No file system of its own: only root of a Linux machine can mount one, and in a container often not even root.";

    private TemporaryFileSystem(string path) => Path = path;

    /// <summary>Full path of the mount point.</summary>
    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts a file system; the test is inconclusive if it has no right to mount.</summary>
    /// <param name="options">The mount's options, such as <c>size=64k</c>.</param>
    public static TemporaryFileSystem MountOrInconclusive(string options)
    {
        TemporaryFileSystem? mounted = TryMount(options);
        if (mounted is null)
        {
            Assert.Inconclusive(Requirement);
        }

        return mounted;
    }

    /// <param name="options">The mount options, such as <c>size=64k</c>.</param>
    /// <returns>Null without the right to mount.</returns>
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

    /// <exception cref="InvalidOperationException">The file system cannot be made read-only.</exception>
    public void MakeReadOnly()
    {
        if (Run("mount", "-o", "remount,ro", Path) != 0)
        {
            throw new InvalidOperationException("The file system could not be made read-only.");
        }
    }

    /// <summary>Fills the file system to the last byte. New file names are still possible.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            byte[] block = new byte[4096];
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // The file system is full.
        }
    }

    /// <summary>Reverts <see cref="Fill"/>.</summary>
    public void MakeRoom() => File.Delete(Ballast);

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
