using Containers.Telemetry.ReportThroughput;
using Spectre.Console;

// The compared programs are child processes, so that memory and start-up are measured for each alone. Two of them are this program.
switch (args)
{
    case ["count", var folder]:
        Console.WriteLine(PublishCounts.Of(folder).ToJson());
        return 0;
    case ["read-binlog", var file, var count]:
        BinlogReading.Run(file, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
}

ThroughputOptions options;
try
{
    options = ThroughputOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(ThroughputOptions.Usage);
    return 0;
}

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("report-throughput needs Linux: it reads the kernel's accounts of the processes it starts.");
    return 2;
}

IReadOnlyList<ProgramMeasurement> measurements = new ThroughputBench(options, Console.WriteLine).Run();
AnsiConsole.Write(ThroughputReport.Render(measurements));
if (options.JsonFile is { } jsonFile)
{
    await File.WriteAllTextAsync(jsonFile, ThroughputReport.ToJson(measurements));
}

return measurements.All(static measurement => measurement.HasSameCounts ?? true) ? 0 : 1;
