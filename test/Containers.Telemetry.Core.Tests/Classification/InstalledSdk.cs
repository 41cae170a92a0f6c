using System.Runtime.InteropServices;

namespace Containers.Telemetry.Classification;

/// <summary>The newest SDK that is installed beside the runtime of these tests.</summary>
internal static class InstalledSdk
{
    /// <summary>Its folder, as in <c>dotnet/sdk/10.0.100</c>.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        string dotnetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.EnumerateDirectories(Path.Combine(dotnetRoot, "sdk")).MaxBy(ReleaseOf)
            ?? throw new DirectoryNotFoundException($"No SDK is installed under {dotnetRoot}.");
    }

    /// <summary>The folder's name is a semantic version; anything else that stands there sorts first.</summary>
    private static Version? ReleaseOf(string folder) =>
        Version.TryParse(Path.GetFileName(folder).Split('-')[0], out Version? version) ? version : null;
}
