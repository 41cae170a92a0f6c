using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>The work of the runtime before code of a publish could run: loading assemblies and compiling methods.</summary>
/// <param name="Methods">The compiled methods, each with its milliseconds.</param>
/// <param name="Loads">The loaded assemblies, by simple name, each with its milliseconds.</param>
internal sealed record RuntimeTrace(IReadOnlyDictionary<CompiledMethod, double> Methods, IReadOnlyDictionary<string, double> Loads)
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

    /// <summary>Reads a trace.</summary>
    public static RuntimeTrace Read(string file)
    {
        var modules = new Dictionary<long, string>();
        var compiling = new Dictionary<long, double>();
        var compiled = new List<(long Module, string Type, string Name, double Milliseconds)>();
        var loading = new Dictionary<Guid, double>();
        var loads = new List<(string Name, double Milliseconds)>();

        using var source = new EventPipeEventSource(file);
        source.Clr.LoaderModuleLoad += e => modules[e.ModuleID] = Path.GetFileNameWithoutExtension(e.ModuleILPath);
        source.Clr.MethodJittingStarted += e => compiling[e.MethodID] = e.TimeStampRelativeMSec;
        source.Clr.MethodLoadVerbose += e =>
        {
            // A method that was compiled ahead of time has a load event without a start event.
            if (compiling.Remove(e.MethodID, out double start))
            {
                compiled.Add((e.ModuleID, e.MethodNamespace, $"{e.MethodName} {e.MethodSignature}", e.TimeStampRelativeMSec - start));
            }
        };
        source.Clr.AssemblyLoaderStart += e => loading[e.ActivityID] = e.TimeStampRelativeMSec;
        source.Clr.AssemblyLoaderStop += e =>
        {
            if (loading.Remove(e.ActivityID, out double start) && e.Success)
            {
                loads.Add((e.AssemblyName.Split(',', 2)[0], e.TimeStampRelativeMSec - start));
            }
        };
        source.Process();

        // The name of a module may come after its first method was compiled.
        return new(
            Total(compiled.Select(m => (new CompiledMethod(modules.GetValueOrDefault(m.Module, "(none)"), m.Type, m.Name), m.Milliseconds))),
            Total(loads));
    }

    /// <summary>
    /// The entries that all traces of the same work share, each with its shortest time. This drops methods that were hot by chance, and the time
    /// that a thread waited for a processor.
    /// </summary>
    public static RuntimeTrace Common(IReadOnlyList<RuntimeTrace> traces) =>
        new(Fastest([.. traces.Select(trace => trace.Methods)]), Fastest([.. traces.Select(trace => trace.Loads)]));

    private static Dictionary<T, double> Fastest<T>(IReadOnlyList<IReadOnlyDictionary<T, double>> traces)
        where T : notnull =>
        traces[0].Keys.Where(key => traces.All(trace => trace.ContainsKey(key))).ToDictionary(key => key, key => traces.Min(trace => trace[key]));

    // The runtime compiles a hot method again, and several assemblies may ask for the same one.
    private static Dictionary<T, double> Total<T>(IEnumerable<(T Key, double Milliseconds)> parts)
        where T : notnull =>
        parts.GroupBy(part => part.Key).ToDictionary(group => group.Key, group => group.Sum(part => part.Milliseconds));
}

/// <summary>A method that the runtime compiled.</summary>
/// <param name="Assembly">The simple name of its assembly.</param>
/// <param name="Type">The full name of its type.</param>
/// <param name="Name">Its name and signature.</param>
internal sealed record CompiledMethod(string Assembly, string Type, string Name);
