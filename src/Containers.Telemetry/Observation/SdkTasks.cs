using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Observation;

/// <summary>Finds and creates the container tasks of the SDK that runs the build.</summary>
internal static class SdkTasks
{
    private const string AssemblyFileName = "Microsoft.NET.Build.Containers.dll";
    private const string TaskNamespace = "Microsoft.NET.Build.Containers.Tasks.";

    // An assembly cannot be loaded anew for each build of a long-lived node, so this is kept as long as the process, like MSBuild's own.
    private static readonly ConcurrentDictionary<string, Assembly> Assemblies = new(StringComparer.Ordinal);

    /// <summary>Creates the SDK's task of the given simple name.</summary>
    /// <param name="taskName">The simple name, the same for the SDK's task and for ours.</param>
    /// <param name="targetsFile">The file that calls the task. The SDK's own targets lie in a known place relative to their tasks.</param>
    /// <exception cref="InvalidOperationException">The SDK has no such task where it is looked for.</exception>
    public static ITask Create(string taskName, string? targetsFile)
    {
        string path = FindAssembly(targetsFile)
            ?? throw new InvalidOperationException("Containers.Telemetry cannot find the container tasks of this SDK. Set ContainersTelemetry=false to publish without it.");
        Assembly assembly = Assemblies.GetOrAdd(path, static path => new SdkTaskLoadContext(path).LoadFromAssemblyPath(path));
        Type type = assembly.GetType(TaskNamespace + taskName, throwOnError: true)!;
        return (ITask)Activator.CreateInstance(type)!;
    }

    /// <summary>Returns the full path of the SDK's task assembly, or null.</summary>
    internal static string? FindAssembly(string? targetsFile)
    {
        string? besideTargets = string.IsNullOrEmpty(targetsFile) ? null : Path.GetDirectoryName(targetsFile);
        return (besideTargets is null ? null : FindIn(Path.Combine(besideTargets, "..", "tasks")))
            ?? FindIn(Path.Combine(AppContext.BaseDirectory, "Containers", "tasks"));
    }

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
            if (Version.TryParse(framework, out Version? version) && version.Major <= Environment.Version.Major && version > newestVersion && File.Exists(assembly))
            {
                (newest, newestVersion) = (assembly, version);
            }
        }

        return newest;
    }
}
