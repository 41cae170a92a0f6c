using System.Reflection;
using System.Runtime.Loader;

namespace Containers.Telemetry.Sdk;

/// <summary>Lets the test process load the assemblies in the SDK's folder, as an MSBuild process does.</summary>
[TestClass]
public static class MSBuildProcess
{
    [AssemblyInitialize]
    public static void Imitate(TestContext context) => AssemblyLoadContext.Default.Resolving += FindInSdk;

    private static Assembly? FindInSdk(AssemblyLoadContext defaultContext, AssemblyName name)
    {
        string path = Path.Combine(ObservedSdk.Folder, name.Name + ".dll");
        return File.Exists(path) && string.IsNullOrEmpty(name.CultureName) ? defaultContext.LoadFromAssemblyPath(path) : null;
    }
}
