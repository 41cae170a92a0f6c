using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>The container tasks of the installed SDK, which a simulated SDK keeps in a folder beside its own.</summary>
internal static class InstalledTasks
{
    private const string Name = "Microsoft.NET.Build.Containers";

    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(InstalledTasks).Assembly.Location)!, "installed");

    private static readonly Lazy<Assembly> Tasks = new(() => new Context().LoadFromAssemblyName(new AssemblyName(Name)));

    public static ITask Create(string name) => (ITask)Activator.CreateInstance(Tasks.Value.GetType($"{Name}.Tasks.{name}", throwOnError: true)!)!;

    /// <summary>Keeps the installed assembly apart from the simulated one, whose name it has.</summary>
    private sealed class Context() : AssemblyLoadContext("installed container tasks")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(Folder, assemblyName.CultureName ?? "", assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
