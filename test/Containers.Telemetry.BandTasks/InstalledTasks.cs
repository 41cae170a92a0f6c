using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>The container tasks of the installed SDK. The simulated SDK has them in a folder next to its own tasks.</summary>
internal static class InstalledTasks
{
    private const string Name = "Microsoft.NET.Build.Containers";

    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(InstalledTasks).Assembly.Location)!, "installed");

    private static readonly Lazy<Assembly> Tasks = new(() => new Context().LoadFromAssemblyName(new AssemblyName(Name)));

    public static ITask Create(string name) => (ITask)Activator.CreateInstance(Tasks.Value.GetType($"{Name}.Tasks.{name}", throwOnError: true)!)!;

    /// <summary>Loads the installed assembly into a context of its own, because the simulated assembly has the same name.</summary>
    private sealed class Context() : AssemblyLoadContext("installed container tasks")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(Folder, assemblyName.CultureName ?? "", assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
