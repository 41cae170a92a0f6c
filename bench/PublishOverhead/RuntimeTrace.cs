using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>What the runtime did in one publish before our code could run: loads of assemblies and compilations of methods.</summary>
/// <param name="Methods">The methods compiled, each with its time.</param>
/// <param name="Loads">The assemblies loaded, each with its time.</param>
internal sealed record RuntimeTrace(IReadOnlyList<CompiledMethod> Methods, IReadOnlyList<LoadedAssembly> Loads)
{
    private const ClrTraceEventParser.Keywords Keywords =
        ClrTraceEventParser.Keywords.Jit | ClrTraceEventParser.Keywords.Loader | ClrTraceEventParser.Keywords.Binder;

    /// <summary>Environment variables that make a .NET process write a trace of itself.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string file) => new Dictionary<string, string>
    {
        ["DOTNET_EnableEventPipe"] = "1",
        ["DOTNET_EventPipeConfig"] = $"{ClrTraceEventParser.ProviderName}:0x{(long)Keywords:x}:{(int)TraceEventLevel.Verbose}",
        ["DOTNET_EventPipeOutputPath"] = file,
    };

    public static RuntimeTrace Read(string file)
    {
        var modules = new Dictionary<long, string>();
        var compiling = new Dictionary<long, double>();
        var compiled = new List<(long Module, string Name, double Milliseconds)>();
        var loading = new Dictionary<Guid, double>();
        var loads = new List<LoadedAssembly>();

        using var source = new EventPipeEventSource(file);
        source.Clr.LoaderModuleLoad += e => modules[e.ModuleID] = Path.GetFileNameWithoutExtension(e.ModuleILPath);
        source.Clr.MethodJittingStarted += e => compiling[e.MethodID] = e.TimeStampRelativeMSec;
        source.Clr.MethodLoadVerbose += e =>
        {
            // Methods that were compiled ahead of time are loaded without having been started.
            if (compiling.Remove(e.MethodID, out double start))
            {
                compiled.Add((e.ModuleID, $"{e.MethodNamespace}.{e.MethodName}", e.TimeStampRelativeMSec - start));
            }
        };
        source.Clr.AssemblyLoaderStart += e => loading[e.ActivityID] = e.TimeStampRelativeMSec;
        source.Clr.AssemblyLoaderStop += e =>
        {
            if (loading.Remove(e.ActivityID, out double start) && e.Success)
            {
                loads.Add(new(SimpleName(e.AssemblyName), e.TimeStampRelativeMSec - start));
            }
        };
        source.Process();
        return new([.. compiled.Select(m => new CompiledMethod(modules.GetValueOrDefault(m.Module, "?"), m.Name, m.Milliseconds))], loads);
    }

    private static string SimpleName(string assemblyName) => assemblyName.Split(',', 2)[0];
}

/// <summary>A method that the runtime compiled.</summary>
/// <param name="Assembly">Simple name of the assembly it is in.</param>
/// <param name="Name">Its full name.</param>
/// <param name="Milliseconds">How long the compilation took, with what it had to load.</param>
internal sealed record CompiledMethod(string Assembly, string Name, double Milliseconds);

/// <summary>An assembly that the runtime loaded.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Milliseconds">How long the load took.</param>
internal sealed record LoadedAssembly(string Name, double Milliseconds);
