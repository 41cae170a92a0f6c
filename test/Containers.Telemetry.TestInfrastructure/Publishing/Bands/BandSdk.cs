using System.Runtime.InteropServices;
using Containers.Telemetry.BandTasks;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>A copy of the installed SDK with the container support of another band.</summary>
/// <remarks>
/// The copy's files are hard links, and its folders are links to the installed ones, except <c>Containers</c>. There the band's props and targets
/// call tasks that declare the band's parameters and forward the work to the installed SDK's tasks.
/// </remarks>
public static partial class BandSdk
{
    /// <summary>The folder of the band's tasks.</summary>
    internal const string TaskFramework = "net8.0";

    private const string Containers = "Containers";

    /// <summary>The full path of the task assembly as a project sees it that is built with such an SDK.</summary>
    public const string TaskAssemblyInProject = "$(MSBuildToolsPath)/" + Containers + "/tasks/" + TaskFramework + "/" + BandAssembly.Name + ".dll";

    /// <summary>Writes the SDK, and returns the full path of its <c>dotnet</c> program.</summary>
    /// <param name="band">The band.</param>
    /// <param name="folder">An empty or absent folder. If it is not on the volume of the installed SDK, files are copied.</param>
    public static string Create(Band band, string folder)
    {
        string sdk = Path.Combine(folder, "sdk", Path.GetFileName(InstalledSdk.Folder));
        Mirror(InstalledSdk.Root, folder, "sdk");
        Mirror(InstalledSdk.Folder, sdk, Containers);

        string build = Directory.CreateDirectory(Path.Combine(sdk, Containers, "build")).FullName;
        var targets = new BandTargets(band);
        File.WriteAllText(Path.Combine(build, BandAssembly.Name + ".props"), targets.RenderProps());
        File.WriteAllText(Path.Combine(build, BandAssembly.Name + ".targets"), targets.RenderTargets());

        string tasks = Directory.CreateDirectory(Path.Combine(sdk, Containers, "tasks", TaskFramework)).FullName;
        BandAssembly.Save(band, Path.Combine(tasks, BandAssembly.Name + ".dll"));
        string forwarding = typeof(ForwardingTask).Assembly.Location;
        File.Copy(forwarding, Path.Combine(tasks, Path.GetFileName(forwarding)));
        Directory.CreateSymbolicLink(Path.Combine(tasks, "installed"), InstalledTasks());
        return Path.Combine(folder, Path.GetFileName(DotnetHost.Path));
    }

    private static string InstalledTasks() =>
        Directory.GetDirectories(Path.Combine(InstalledSdk.Folder, Containers, "tasks"), "net*.*").Order(StringComparer.Ordinal).Last();

    private static void Mirror(string source, string destination, string except)
    {
        Directory.CreateDirectory(destination);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            LinkOrCopy(file, Path.Combine(destination, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(source).Where(folder => Path.GetFileName(folder) != except))
        {
            Directory.CreateSymbolicLink(Path.Combine(destination, Path.GetFileName(folder)), folder);
        }
    }

    // A program finds its files in its own folder, and not in the folder of a symbolic link's target.
    private static void LinkOrCopy(string file, string link)
    {
        if (OperatingSystem.IsWindows() || Link(file, link) != 0)
        {
            File.Copy(file, link);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string link);
}
