using System.Runtime.InteropServices;

namespace Containers.Telemetry.Surroundings;

/// <summary>
/// What a process can see of the machine it runs on. Everything in this namespace is decided from these members alone. No member throws.
/// </summary>
public interface IMachineEnvironment
{
    /// <summary>The home folder of the user's account, which there is without any variable, too; null when unknown.</summary>
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
