using System.Globalization;
using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>Generates a store and has each program read it.</summary>
/// <param name="options">The options.</param>
/// <param name="log">Receives messages about progress.</param>
internal sealed class ThroughputBench(ThroughputOptions options, Action<string> log)
{
    private const int Seed = 1;
    private const int BinlogReads = 100;

    // The project's folder, which has the scripts that are not part of the build.
    private static readonly string ProjectFolder = FindProjectFolder();

    /// <summary>Measures the report first, then the others.</summary>
    public IReadOnlyList<ProgramMeasurement> Run()
    {
        string temporary = Directory.CreateTempSubdirectory("report-throughput-").FullName;
        try
        {
            return Run(options.Store ?? Path.Combine(temporary, "store"), temporary);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private List<ProgramMeasurement> Run(string store, string temporary)
    {
        if (!Directory.Exists(store))
        {
            log($"Generates {options.Publishes} publishes.");
            GeneratedStore.Write(store, options.Publishes, Seed, isPlain: true);
        }

        string[] files = [.. Directory.EnumerateFiles(store, "*.jsonl").Order(StringComparer.Ordinal)];
        long bytes = files.Sum(static file => new FileInfo(file).Length);
        string output = Path.Combine(temporary, "output");
        string dotnet = Environment.ProcessPath!;
        string self = typeof(ThroughputBench).Assembly.Location;
        string[] start = Path.GetFileNameWithoutExtension(dotnet) == "dotnet" ? [self] : [];

        var measurements = new List<ProgramMeasurement>();
        string? expected = null;
        Measure("the whole report", dotnet, [.. start, "count", store], bytes, options.Publishes);
        if (IsWanted("duckdb", Directory.Exists(Path.Combine(ProjectFolder, "node_modules")) ? Find("node") : null) is { } node)
        {
            Measure("DuckDB read_json", node, [Path.Combine(ProjectFolder, "counts.mjs"), store], bytes, options.Publishes);
        }

        if (IsWanted("jq", Find("jq")) is { } jq)
        {
            Measure("jq", jq, ["-nc", "-f", Path.Combine(AppContext.BaseDirectory, "counts.jq"), .. files], bytes, options.Publishes);
        }

        if (IsWanted("binlog", Find("dotnet")) is { } sdk)
        {
            string binlog = PublishBinlog.Create(sdk, temporary);
            int reads = Math.Min(BinlogReads, options.Publishes);
            Measure(
                "MSBuild.StructuredLogger",
                dotnet,
                [.. start, "read-binlog", binlog, reads.ToString(CultureInfo.InvariantCulture)],
                new FileInfo(binlog).Length * reads,
                reads,
                counts: false);
        }

        return measurements;

        void Measure(string name, string program, string[] arguments, long size, int publishes, bool counts = true)
        {
            log(name);
            Cost[] costs = [.. Enumerable.Range(0, options.Rounds).Select(_ => ChildProcess.Run(program, arguments, ThisEnvironment(), output))];
            string? found = counts ? PublishCounts.Parse(File.ReadAllText(output)).ToJson() : null;
            expected ??= found;
            measurements.Add(new ProgramMeasurement(name, costs, size, publishes, options.Publishes, counts ? found == expected : null));
        }
    }

    private string? IsWanted(string tool, string? program)
    {
        if (options.Without.Contains(tool, StringComparer.Ordinal))
        {
            return null;
        }

        if (program is null)
        {
            log(tool + " is not there and is left out.");
        }

        return program;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static IEnumerable<KeyValuePair<string, string>> ThisEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return new((string)variable.Key, (string?)variable.Value ?? "");
        }
    }

    private static string FindProjectFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "bench", "ReportThroughput", "package.json")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? "", "bench", "ReportThroughput");
    }
}
