using System.Runtime.InteropServices;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The SDKs beside the runtime that runs this tool.</summary>
internal sealed class InstalledSdks(IMachineEnvironment machine)
{
    /// <summary>Full paths of the SDKs' folders, each named by its version; the newest first.</summary>
    public IReadOnlyList<string> Folders()
    {
        string sdks = Path.Combine(Root(), "sdk");
        if (!Directory.Exists(sdks))
        {
            return [];
        }

        string[] folders = Directory.GetDirectories(sdks);
        Array.Sort(folders, static (left, right) => CompareVersions(Path.GetFileName(right), Path.GetFileName(left)));
        return Array.FindAll(folders, static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]));
    }

    private string Root()
    {
        if (machine.GetVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            return root;
        }

        // <root>/shared/Microsoft.NETCore.App/<version>/
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        return Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
    }

    private static int CompareVersions(string left, string right)
    {
        int byNumber = NumberOf(left).CompareTo(NumberOf(right));

        // A release is newer than its previews, whose names go on with a hyphen.
        return byNumber != 0 ? byNumber : string.CompareOrdinal(left + '~', right + '~');
    }

    private static Version NumberOf(string name)
    {
        int end = name.IndexOf('-');
        return Version.TryParse(end < 0 ? name : name[..end], out Version? version) ? version : new Version(0, 0);
    }
}
