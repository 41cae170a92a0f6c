using System.Collections.Concurrent;
using System.Reflection;

namespace Containers.Telemetry.Observation;

/// <summary>Finds and creates the container tasks of the SDK that runs the build.</summary>
internal static class SdkTasks
{
    private const string AssemblyFileName = "Microsoft.NET.Build.Containers.dll";
    private const string TaskNamespace = "Microsoft.NET.Build.Containers.Tasks.";

    // A long-lived node cannot reload an assembly for each build, so this lives as long as the process, like MSBuild's own.
    private static readonly ConcurrentDictionary<string, Assembly> Assemblies = new(StringComparer.Ordinal);

    /// <summary>Creates the SDK's task of the given simple name.</summary>
    /// <param name="taskName">The simple name, the same for the SDK's task and for ours.</param>
    /// <param name="assemblyPath">The task assembly of the container targets; null or empty if unknown.</param>
    /// <param name="targetsFile">The file that calls the task. The SDK's task assembly has a known place relative to its targets.</param>
    /// <exception cref="FileNotFoundException">There is no task assembly in any of these places.</exception>
    /// <exception cref="TypeLoadException">The assembly has no such task.</exception>
    public static SdkTask Create(string taskName, string? assemblyPath, string? targetsFile)
    {
        string path = (string.IsNullOrEmpty(assemblyPath) ? FindAssembly(targetsFile) : Resolve(assemblyPath, targetsFile))
            ?? throw new FileNotFoundException();
        Assembly assembly = Assemblies.GetOrAdd(path, static path => new SdkTaskLoadContext(path).LoadFromAssemblyPath(path));
        Type type = assembly.GetType(TaskNamespace + taskName, throwOnError: true)!;
        var task = (ITask)Activator.CreateInstance(type)!;
        SdkTaskEnvironment.Provide(task);
        return new SdkTask(task);
    }

    /// <summary>Returns the full path of the SDK's task assembly, or null.</summary>
    internal static string? FindAssembly(string? targetsFile)
    {
        string? besideTargets = string.IsNullOrEmpty(targetsFile) ? null : Path.GetDirectoryName(targetsFile);
        return (besideTargets is null ? null : FindIn(Path.Combine(besideTargets, "..", "tasks")))
            ?? FindIn(Path.Combine(AppContext.BaseDirectory, "Containers", "tasks"));
    }

    // MSBuild resolves the path of a task assembly relative to the file that registers the task, which is the targets file.
    private static string Resolve(string assemblyPath, string? targetsFile) =>
        Path.GetDirectoryName(targetsFile) is { Length: > 0 } folder ? Path.GetFullPath(assemblyPath, folder) : Path.GetFullPath(assemblyPath);

    private static string? FindIn(string tasksFolder)
    {
        string folder = Path.GetFullPath(tasksFolder);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        string? newest = null;
        Version newestVersion = new(0, 0);
        foreach (string candidate in Directory.GetDirectories(folder, "net*.*"))
        {
            string assembly = Path.Combine(candidate, AssemblyFileName);
            string framework = Path.GetFileName(candidate)["net".Length..];
            if (Version.TryParse(framework, out Version? version)
                && version.Major <= Environment.Version.Major
                && version > newestVersion
                && File.Exists(assembly))
            {
                (newest, newestVersion) = (assembly, version);
            }
        }

        return newest;
    }
}
