using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.ExportCost;

/// <summary>The cost of one publish's append to a store with very many segments, such as one whose writers could not lock it.</summary>
internal static class CrowdedStore
{
    private const int Rounds = 15;
    private static readonly byte[] Line = [.. Enumerable.Repeat((byte)'x', 1200), (byte)'\n'];
    private static readonly DateTime Begun = DateTime.UtcNow.Date.AddDays(-1);

    /// <summary>The states of a store before the append: the name of each, and the action that causes it.</summary>
    private static readonly (string Name, Action<string> Prepare)[] States =
    [
        ("it goes on with a segment", static _ => { }),
        ("it begins a segment", static folder => new SegmentedLog(folder, new SegmentedLogLimits(), new EarlierTime(TimeSpan.FromDays(30))).Append(Line)),
        ("the lock file is gone", static folder => File.Delete(Path.Combine(folder, "lock"))),
    ];

    /// <summary>Measures all states for stores of two sizes, and prints the medians.</summary>
    public static void Measure(int most)
    {
        foreach (int segments in new[] { 1, most })
        {
            using TemporaryFolder folder = new();
            string events = Directory.CreateDirectory(folder.Combine("store", "events")).FullName;
            Fill(events, segments);
            new SegmentedLog(events, new SegmentedLogLimits()).Append(Line);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One append to a store of {segments:N0} segments, median of {Rounds} and quartiles:"));
            foreach ((string name, Action<string> prepare) in States)
            {
                var quartiles = Quartiles.Of([.. Enumerable.Range(0, Rounds).Select(_ => MeasureOnce(events, prepare))]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32} {quartiles.Median,7:N2} ms ({quartiles.Lower:N2} to {quartiles.Upper:N2})"));
            }
        }
    }

    /// <summary>Appends once in this process, and prints the duration.</summary>
    public static void Append(string folder)
    {
        WarmUp();
        long began = Stopwatch.GetTimestamp();
        new SegmentedLog(folder, new SegmentedLogLimits()).Append(Line);
        Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));
    }

    private static double MeasureOnce(string folder, Action<string> prepare)
    {
        prepare(folder);
        using OwnProcess append = OwnProcess.Start("append", folder);
        return double.Parse(append.ReadLine(), CultureInfo.InvariantCulture);
    }

    private static void Fill(string folder, int segments)
    {
        for (int number = 1; number <= segments; number++)
        {
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D10}-{Begun:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid():N}.jsonl")), Line);
        }
    }

    // Compiles the code before the measurement: in a publish it is compiled ahead of time.
    private static void WarmUp()
    {
        using TemporaryFolder folder = new();
        string events = Directory.CreateDirectory(folder.Combine("store", "events")).FullName;
        foreach ((string _, Action<string> prepare) in States)
        {
            new SegmentedLog(events, new SegmentedLogLimits()).Append(Line);
            prepare(events);
        }
    }

    private sealed class EarlierTime(TimeSpan difference) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - difference;
    }
}
