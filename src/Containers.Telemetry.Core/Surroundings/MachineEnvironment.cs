using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32;

namespace Containers.Telemetry.Surroundings;

/// <summary>The machine that this process runs on. A fact that cannot be read is absent.</summary>
public sealed class MachineEnvironment : IMachineEnvironment
{
    public static MachineEnvironment Current { get; } = new();

    // The framework uses HOME if it is set, else the system's list of users.
    public string? AccountHome =>
        Attempt(static () => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify))
            is { Length: > 0 } home ? home : null;

    public IReadOnlyList<string> CommandLine => Attempt(Environment.GetCommandLineArgs) ?? [];

    public bool IsWindowsContainer => OperatingSystem.IsWindows() && Attempt(HasContainerType);

    public Architecture OSArchitecture => RuntimeInformation.OSArchitecture;

    public OSFamily OSFamily =>
        OperatingSystem.IsLinux() ? OSFamily.Linux :
        OperatingSystem.IsWindows() ? OSFamily.Windows :
        OperatingSystem.IsMacOS() ? OSFamily.MacOS :
        OperatingSystem.IsFreeBSD() ? OSFamily.FreeBSD :
        OSFamily.Other;

    public Version? OSVersion => Attempt(static () => Environment.OSVersion.Version);

    public string? ProcessName => Path.GetFileNameWithoutExtension(Attempt(static () => Environment.ProcessPath));

    public string? RegionName => Attempt(static () => RegionInfo.CurrentRegion.TwoLetterISORegionName);

    public string? GetVariable(string name) => Attempt(() => Environment.GetEnvironmentVariable(name));

    public bool FileExists(string path) => File.Exists(path);

    // Files are usually absent, and an exception costs more than the whole detection.
    public string? ReadFile(string path, int maxChars) => File.Exists(path) ? Attempt(() => ReadStart(path, maxChars)) : null;

    // The size of a file under /proc is not known before it is read to its end, so it is read like a pipe.
    private static string ReadStart(string path, int maxChars)
    {
        using var reader = new StreamReader(path);
        char[] buffer = ArrayPool<char>.Shared.Rent(maxChars);
        try
        {
            int length = reader.ReadBlock(buffer, 0, maxChars);
            return new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    [SupportedOSPlatform("windows")]
    private static bool HasContainerType()
    {
        using RegistryKey? control = Registry.LocalMachine.OpenSubKey(@"System\CurrentControlSet\Control");
        return control?.GetValue("ContainerType") is not null;
    }

    private static T? Attempt<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception)
        {
            // A hardened machine may deny any of these reads in its own way (hidepid, a sandbox, a locked registry),
            // and none of them is worth a publish.
            return default;
        }
    }
}

/// <summary>A process's view of its machine. This namespace uses only these members. No member throws.</summary>
public interface IMachineEnvironment
{
    /// <summary>The home folder of the user's account, independent of variables; null when unknown.</summary>
    string? AccountHome => null;

    /// <summary>The arguments of this process, the program first; empty when they cannot be read.</summary>
    IReadOnlyList<string> CommandLine { get; }

    /// <summary>True in a Windows container, by the mark that Windows puts into the container's registry.</summary>
    bool IsWindowsContainer { get; }

    /// <summary>The architecture of the operating system, which an emulated process does not share.</summary>
    Architecture OSArchitecture { get; }

    /// <summary>The family of the operating system.</summary>
    OSFamily OSFamily { get; }

    /// <summary>The version of the kernel on Linux, of the product elsewhere; null when unknown.</summary>
    Version? OSVersion { get; }

    /// <summary>The file name of this process's executable without its extension; null when unknown.</summary>
    string? ProcessName { get; }

    /// <summary>The name of the user's region as the system gives it; null when there is none, as in invariant globalization.</summary>
    string? RegionName { get; }

    /// <summary>The value of an environment variable, or null when it is not set.</summary>
    string? GetVariable(string name);

    /// <summary>True when there is a file that this process may see.</summary>
    bool FileExists(string path);

    /// <summary>The first <paramref name="maxChars"/> characters of a text file, or null when it is absent or cannot be read.</summary>
    string? ReadFile(string path, int maxChars);
}
