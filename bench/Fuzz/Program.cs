using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.Fuzz;

const int CasesAtOnce = 1_000;
const int ExitBroken = 1;
const int ExitUsage = 2;
TimeSpan hang = TimeSpan.FromSeconds(30);

if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Help);
    return args.Contains("--help") ? 0 : ExitUsage;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {options.Seed}, {options.Minutes} minutes, {options.Targets.Count} targets. The same seed gives the same inputs."));
long began = Stopwatch.GetTimestamp();
long cases = 0;
var broken = new List<FuzzFailure>();
var runs = options.Targets.Select(target => (Target: target, Fuzzer: new Fuzzer(target, options.Seed))).ToList();
for (long first = 0; runs.Count > broken.Count && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(options.Minutes); first += CasesAtOnce)
{
    foreach (var (target, fuzzer) in runs.Where(run => broken.TrueForAll(failure => failure.Target != run.Target.Name)))
    {
        // Slow targets run fewer cases, as in the tests.
        int count = Math.Max(1, CasesAtOnce * target.Cases / runs.Max(static run => run.Target.Cases));
        Task<FuzzFailure?> turn = Task.Run(() => fuzzer.Run(first, count));
        while (!turn.Wait(hang) && fuzzer.Current is var current && !turn.Wait(hang) && ReferenceEquals(current, fuzzer.Current))
        {
            Console.WriteLine(new FuzzFailure(target.Name, current, new TimeoutException("It does not return.")));
            return ExitBroken;
        }

        cases += count;
        if (turn.Result is { } failure)
        {
            broken.Add(failure);
            Console.WriteLine(failure);
        }
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases:N0} cases, {broken.Count} targets broken."));
return broken.Count == 0 ? 0 : ExitBroken;
