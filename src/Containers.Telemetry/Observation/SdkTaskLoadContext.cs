using System.Reflection;
using System.Runtime.Loader;

namespace Containers.Telemetry.Observation;

/// <summary>Loads the SDK's container tasks and the assemblies in their folder, as MSBuild would; everything else comes from the build itself.</summary>
internal sealed class SdkTaskLoadContext : AssemblyLoadContext
{
    private readonly string _taskFolder;
    private readonly string _sdkFolder;

    public SdkTaskLoadContext(string taskAssemblyPath)
        : base(Path.GetFileNameWithoutExtension(taskAssemblyPath))
    {
        _taskFolder = Path.GetDirectoryName(taskAssemblyPath)!;
        _sdkFolder = Path.GetDirectoryName(typeof(Microsoft.Build.Framework.ITask).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        Resolving += static (context, assemblyName) => ((SdkTaskLoadContext)context).LoadBesideMSBuild(assemblyName);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!string.IsNullOrEmpty(assemblyName.CultureName))
        {
            return null;
        }

        string path = Path.Combine(_taskFolder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>
    /// A worker node knows fewer assemblies than the dotnet CLI. The others are in the SDK's folder and go to the default context, so
    /// that it is the same for every task of the process.
    /// </summary>
    private Assembly? LoadBesideMSBuild(AssemblyName assemblyName)
    {
        string path = Path.Combine(_sdkFolder, assemblyName.Name + ".dll");
        return string.IsNullOrEmpty(assemblyName.CultureName) && File.Exists(path) ? Default.LoadFromAssemblyPath(path) : null;
    }
}
