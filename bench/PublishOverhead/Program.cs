using System.Diagnostics;
using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Spectre.Console;

const int Traces = 5;

OverheadOptions options;
try
{
    options = OverheadOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(OverheadOptions.Usage);
    return 0;
}

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("publish-overhead needs Linux: it reads the kernel's accounts of the processes it starts.");
    return 2;
}

// Before the current folder changes.
string? jsonFile = options.JsonFile is { } file ? Path.GetFullPath(file) : null;
using var folder = new TemporaryFolder();
Console.WriteLine("Packs the package and restores the sample.");
await using var bench = await PublishBench.PrepareAsync(folder.Path, options.Inferred);

if (!options.AssembliesOnly)
{
    var measurements = Measurement.Take(
        [bench.Without, bench.With, bench.OptedOut, bench.BinaryLog],
        options.Rounds,
        variant => bench.Publish(variant),
        round => Console.WriteLine($"Round {round} of {options.Rounds}"));
    AnsiConsole.Write(OverheadReport.RenderMedians(measurements));
    AnsiConsole.Write(OverheadReport.RenderRatios(measurements));

    // A child counts the memory of the process that it was split from as its own.
    using var self = Process.GetCurrentProcess();
    if (measurements.SelectMany(m => m.Costs).Min(cost => cost.PeakMemory) <= self.PeakWorkingSet64)
    {
        Console.WriteLine("Peak memory could not be measured: this program itself has more.");
    }

    if (jsonFile is not null)
    {
        await File.WriteAllTextAsync(jsonFile, OverheadReport.ToJson(measurements));
    }
}

var without = Trace(bench.Without);
var with = Trace(bench.With);
Console.WriteLine($"Where the time goes, while the runtime traces itself; the fastest of {Traces} publishes, method by method.");
AnsiConsole.Write(RuntimeReport.RenderAssemblies(without, with));
Console.WriteLine(RuntimeReport.DescribeRest(without));
AnsiConsole.Write(RuntimeReport.RenderTypes(without, with));
return 0;

RuntimeTrace Trace(Variant variant)
{
    bench.Publish(variant);
    return RuntimeTrace.Common([.. Enumerable.Range(0, Traces).Select(_ => TraceOnce(variant))]);
}

RuntimeTrace TraceOnce(Variant variant)
{
    string traceFile = folder.Combine("publish.nettrace");
    bench.Publish(variant, RuntimeTrace.Variables(traceFile));
    return RuntimeTrace.Read(traceFile);
}
