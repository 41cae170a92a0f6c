using System.Collections;
using System.Reflection;
using System.Resources;
using System.Runtime.Loader;
using Containers.Telemetry.Observation;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Sdk;

/// <summary>The SDK that built the tests. Its container tasks are the observed ones.</summary>
internal static class ObservedSdk
{
    public const string Namespace = "Microsoft.NET.Build.Containers";

    /// <summary>Full path of the SDK's folder.</summary>
    public static string Folder { get; } = typeof(ObservedSdk).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "SdkFolder").Value!;

    /// <summary>The file that calls the container tasks.</summary>
    public static string TargetsFile { get; } = Path.Combine(Folder, "Containers", "build", Namespace + ".targets");

    /// <summary>The file that registers them.</summary>
    public static string PropsFile { get; } = Path.ChangeExtension(TargetsFile, ".props");

    public static Assembly TaskAssembly => CreateTask("CreateNewImage").GetType().Assembly;

    /// <summary>The SDK's messages by language and name. The language "" has the messages without translation.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, string>> Messages { get; } = ReadMessages();

    public static ITask CreateTask(string name) => SdkTasks.Create(name, assemblyPath: null, TargetsFile).Task;

    // Reads the files directly: without culture data the runtime does not find satellite assemblies of cultures with a script.
    private static Dictionary<string, Dictionary<string, string>> ReadMessages()
    {
        const string Table = Namespace + ".Resources.Strings.";
        Assembly assembly = TaskAssembly;
        var context = AssemblyLoadContext.GetLoadContext(assembly)!;
        var messages = new Dictionary<string, Dictionary<string, string>> { [""] = ReadTable(assembly, Table + "resources") };
        foreach (string folder in Directory.GetDirectories(Path.GetDirectoryName(assembly.Location)!))
        {
            string language = Path.GetFileName(folder);
            Assembly satellite = context.LoadFromAssemblyPath(Path.Combine(folder, Namespace + ".resources.dll"));
            messages[language] = ReadTable(satellite, Table + language + ".resources");
        }

        return messages;
    }

    private static Dictionary<string, string> ReadTable(Assembly assembly, string name)
    {
        using var table = new ResourceReader(assembly.GetManifestResourceStream(name)!);
        return table.Cast<DictionaryEntry>()
            .Where(message => message.Value is string)
            .ToDictionary(message => (string)message.Key, message => (string)message.Value!);
    }
}
