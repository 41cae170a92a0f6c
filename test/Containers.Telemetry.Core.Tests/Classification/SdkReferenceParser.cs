using System.Reflection;
using System.Runtime.Loader;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Classification;

/// <summary>The image reference parser of the installed SDK.</summary>
internal static class SdkReferenceParser
{
    private const string AssemblyFile = "Microsoft.NET.Build.Containers.dll";

    private static readonly MethodInfo Parse = Load();

    /// <summary>Parses a reference as <c>dotnet publish</c> does.</summary>
    public static ImageReference? TryParse(string text)
    {
        object?[] arguments = [text, null, null, null, null, null];
        return (bool)Parse.Invoke(null, arguments)!
            ? new ImageReference((string)arguments[1]!, (string)arguments[2]!, (string?)arguments[3], (string?)arguments[4])
            : null;
    }

    private static MethodInfo Load()
    {
        string tasks = Path.Combine(InstalledSdk.Folder, "Containers", "tasks");
        string assemblyPath = Directory.EnumerateFiles(tasks, AssemblyFile, SearchOption.AllDirectories)
            .Single(path => Version.TryParse(new DirectoryInfo(Path.GetDirectoryName(path)!).Name.AsSpan("net".Length), out _));
        var resolver = new AssemblyDependencyResolver(assemblyPath);
        var context = new AssemblyLoadContext(nameof(SdkReferenceParser));
        context.Resolving += (_, name) => resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;

        Type helpers = context.LoadFromAssemblyPath(assemblyPath)
            .GetType("Microsoft.NET.Build.Containers.ContainerHelpers", throwOnError: true)!;
        return helpers.GetMethod("TryParseFullyQualifiedContainerName", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            ?? throw new MissingMethodException(helpers.FullName, "TryParseFullyQualifiedContainerName");
    }
}
