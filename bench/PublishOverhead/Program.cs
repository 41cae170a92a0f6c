using System.Diagnostics;
using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.PublishOverhead.Hostile;
using Containers.Telemetry.PublishOverhead.Sinks;
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

// Read before the current folder changes.
string? jsonFile = options.JsonFile is { } file ? Path.GetFullPath(file) : null;
using var folder = new TemporaryFolder();
Console.WriteLine("Packs the package and restores the sample.");
await using var bench = await PublishBench.PrepareAsync(folder.Path, options.Inferred, options.Band);
if (options.Hostile is { } place)
{
    await using var hostile = await HostileEndpoints.PrepareAsync(folder.Path, bench.Feed, place);
    AnsiConsole.Write(HostileReport.Render(hostile, options.Rounds, variant => bench.Publish(variant) with { Wall = hostile.ReadWait() }, Console.WriteLine));
    return 0;
}

await using var sinks = options.Sinks ? await SinkVariants.PrepareAsync(folder.Path, bench.Feed) : null;

if (!options.AssembliesOnly)
{
    var measurements = Measurement.Take(
        sinks?.All ?? [bench.Without, bench.With, bench.OptedOut, bench.BinaryLog],
        options.Rounds,
        variant => bench.Publish(variant),
        round => Console.WriteLine($"Round {round} of {options.Rounds}"));
    AnsiConsole.Write(OverheadReport.RenderMedians(measurements));
    AnsiConsole.Write(OverheadReport.RenderRatios(measurements));
    if (sinks is not null)
    {
        AnsiConsole.Write(OverheadReport.RenderDifferences(
            ("store, over nothing", Find(sinks.Store), Find(sinks.Without)),
            ("OTLP, over the store", Find(sinks.Delivered), Find(sinks.Store)),
            ("OTLP by http/json, over the store", Find(sinks.DeliveredAsJson), Find(sinks.Store)),
            ("OTLP by grpc, over the store", Find(sinks.DeliveredByGrpc), Find(sinks.Store)),
            ("official SDK, over nothing", Find(sinks.Official), Find(sinks.Without)),
            ("official SDK, ahead of time, over nothing", Find(sinks.OfficialAheadOfTime), Find(sinks.Without))));
        Console.WriteLine(BudgetReport.Describe(Find(sinks.Hanging), Find(sinks.Store)));
    }

    // A forked child counts the memory of its parent as its own.
    using var self = Process.GetCurrentProcess();
    if (measurements.SelectMany(m => m.Costs).Min(cost => cost.PeakMemory) <= self.PeakWorkingSet64)
    {
        Console.WriteLine("Peak memory could not be measured: this program itself has more.");
    }

    if (jsonFile is not null)
    {
        await File.WriteAllTextAsync(jsonFile, OverheadReport.ToJson(measurements));
    }

    Measurement Find(Variant variant) => measurements.Single(measurement => measurement.Variant == variant);
}

Console.WriteLine($"Where the time goes, while the runtime traces itself; the fastest of {Traces} publishes, method by method.");
var without = Trace(bench.Without);
Console.WriteLine(RuntimeReport.DescribeRest(without));
foreach (var variant in sinks is null ? [bench.With] : (Variant[])[sinks.Delivered, sinks.DeliveredAsJson, sinks.DeliveredByGrpc, sinks.Official, sinks.OfficialAheadOfTime])
{
    var with = Trace(variant);
    AnsiConsole.Write(RuntimeReport.RenderAssemblies(variant, without, with));
    AnsiConsole.Write(RuntimeReport.RenderTypes(without, with));
}

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
