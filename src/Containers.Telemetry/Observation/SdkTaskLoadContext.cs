using System.Reflection;
using System.Runtime.Loader;

namespace Containers.Telemetry.Observation;

/// <summary>Loads the SDK's container tasks and the assemblies in their folder, like MSBuild; everything else comes from the build itself.</summary>
internal sealed class SdkTaskLoadContext : AssemblyLoadContext
{
    // What a build may leave beside its own tasks. MSBuild takes these from nowhere else, so that all tasks have the same interfaces.
    private static readonly string[] MSBuildAssemblies =
        ["Microsoft.Build", "Microsoft.Build.Framework", "Microsoft.Build.Tasks.Core", "Microsoft.Build.Utilities.Core", "MSBuild"];

    private readonly string _taskFolder;
    private readonly string _sdkFolder;

    public SdkTaskLoadContext(string taskAssemblyPath)
        : base(Path.GetFileNameWithoutExtension(taskAssemblyPath))
    {
        _taskFolder = Path.GetDirectoryName(taskAssemblyPath)!;
        string? msbuildFolder = Path.GetDirectoryName(typeof(Microsoft.Build.Framework.ITask).Assembly.Location);
        _sdkFolder = msbuildFolder is { Length: > 0 } ? msbuildFolder : AppContext.BaseDirectory;
        Resolving += static (context, assemblyName) => ((SdkTaskLoadContext)context).LoadBesideMSBuild(assemblyName);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!string.IsNullOrEmpty(assemblyName.CultureName) || MSBuildAssemblies.Contains(assemblyName.Name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        string path = Path.Combine(_taskFolder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>A worker node has fewer assemblies than the dotnet CLI. The SDK's folder has the others; all tasks of the process share them.</summary>
    private Assembly? LoadBesideMSBuild(AssemblyName assemblyName)
    {
        string path = Path.Combine(_sdkFolder, assemblyName.Name + ".dll");
        return string.IsNullOrEmpty(assemblyName.CultureName) && File.Exists(path) ? Default.LoadFromAssemblyPath(path) : null;
    }
}
