using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Containers.Telemetry.EvaluationCost;
using Containers.Telemetry.PublishOverhead;

// Measures the cost of the package's targets in an evaluation, with telemetry on and off. Each evaluation has its own process, in which MSBuild has
// evaluated another project before, as in a build. Other targets, such as those of an earlier commit, and container targets that no SDK has are
// measured in turns with them. Each of the latter may cost 50 ms more than those of the SDK.
//
//   dotnet run -c Release --project bench/EvaluationCost [-- ROUNDS [OTHER.targets]...]
string sdkFolder = MetadataOf("SdkFolder");
AssemblyLoadContext.Default.Resolving += (context, name) =>
    File.Exists(Path.Combine(sdkFolder, name.Name + ".dll")) ? context.LoadFromAssemblyPath(Path.Combine(sdkFolder, name.Name + ".dll")) : null;

if (args is ["--evaluate", var warmUp, var measured])
{
    Environment.SetEnvironmentVariable("MSBUILD_EXE_PATH", Path.Combine(sdkFolder, "MSBuild.dll"));
    Console.WriteLine(Evaluation.Measure(warmUp, measured).ToString("R", CultureInfo.InvariantCulture));
    return;
}

int rounds = args.Length > 0 && int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : 31;
string[] targets = [MetadataOf("PackageTargets"), .. args.Skip(1).Select(Path.GetFullPath)];
string folder = Directory.CreateTempSubdirectory("evaluation-cost").FullName;
try
{
    string warmUpProject = EvaluatedProject.WriteEmpty(folder);
    (string Name, string Project)[] variants =
    [
        .. targets.Select(file => ($"{Path.GetFileName(file)}, off", EvaluatedProject.Write(folder, file, sdkFolder, isOn: false))),
        .. targets.Select(file => ($"{Path.GetFileName(file)}, on", EvaluatedProject.Write(folder, file, sdkFolder, isOn: true))),
        .. BadTargets.All.Select(bad => (bad.Name, EvaluatedProject.WriteWithContainerTargets(folder, targets[0], sdkFolder, bad.Text))),
    ];
    var times = Array.ConvertAll(variants, _ => new List<double>());
    for (int round = -1; round < rounds; round++)
    {
        for (int i = 0; i < variants.Length; i++)
        {
            int variant = (i + Math.Max(round, 0)) % variants.Length;
            double milliseconds = Run(warmUpProject, variants[variant].Project);
            if (round >= 0)
            {
                times[variant].Add(milliseconds);
            }
        }
    }

    for (int i = 0; i < variants.Length; i++)
    {
        var quartiles = Quartiles.Of(times[i]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{variants[i].Name,-40} {quartiles.Median,6:F2} ms ({quartiles.Lower:F2} to {quartiles.Upper:F2})"));
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static double Run(string warmUp, string measured)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!, ["--evaluate", warmUp, measured]) { RedirectStandardOutput = true };
    using Process process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return double.Parse(output, CultureInfo.InvariantCulture);
}

static string MetadataOf(string key) => typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
