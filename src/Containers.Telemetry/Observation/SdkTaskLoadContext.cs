using System.Reflection;
using System.Runtime.Loader;

namespace Containers.Telemetry.Observation;

/// <summary>Loads the SDK's container tasks and what lies beside them, as MSBuild would; everything else comes from the build itself.</summary>
internal sealed class SdkTaskLoadContext : AssemblyLoadContext
{
    private readonly string _taskFolder;
    private readonly string _sdkFolder;

    public SdkTaskLoadContext(string taskAssemblyPath)
        : base(Path.GetFileNameWithoutExtension(taskAssemblyPath))
    {
        _taskFolder = Path.GetDirectoryName(taskAssemblyPath)!;
        _sdkFolder = Path.GetFullPath(Path.Combine(_taskFolder, "..", "..", ".."));
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || !string.IsNullOrEmpty(assemblyName.CultureName))
        {
            return null;
        }

        string besideTask = Path.Combine(_taskFolder, name + ".dll");
        if (File.Exists(besideTask))
        {
            return LoadFromAssemblyPath(besideTask);
        }

        // A worker node knows fewer assemblies than the dotnet CLI. What it lacks lies in the SDK's folder, and belongs to the default
        // context so that it is the same for every task of the process.
        string besideMSBuild = Path.Combine(_sdkFolder, name + ".dll");
        return File.Exists(besideMSBuild) ? Default.LoadFromAssemblyPath(besideMSBuild) : null;
    }
}
