using System.Globalization;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.ToolStartup;

// How long "containers-telemetry status" takes, against a tool that only says hello. Both are run in turns, so that what else the machine
// does hits both alike.
const int DefaultRuns = 41;
const int WarmUps = 3;

int runs = args is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : DefaultRuns;
using var folder = new TemporaryFolder();
InstalledTool hello = await InstalledTool.InstallAsync("bench/HelloTool", "hello-tool", [], folder);
InstalledTool status = await InstalledTool.InstallAsync("src/Containers.Telemetry.Tool", "containers-telemetry", ["status"], folder);

var helloTimes = new List<(double Wall, double Cpu)>();
var statusTimes = new List<(double Wall, double Cpu)>();
for (int run = -WarmUps; run < runs; run++)
{
    (double Wall, double Cpu) helloTime = hello.Run();
    (double Wall, double Cpu) statusTime = status.Run();
    if (run >= 0)
    {
        helloTimes.Add(helloTime);
        statusTimes.Add(statusTime);
    }
}

Print("hello-tool", helloTimes);
Print("containers-telemetry status", statusTimes);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"ratio of medians: wall {Median(statusTimes, time => time.Wall) / Median(helloTimes, time => time.Wall):F2}, processor {Median(statusTimes, time => time.Cpu) / Median(helloTimes, time => time.Cpu):F2}"));

static void Print(string name, List<(double Wall, double Cpu)> times) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{name,-28} wall {Median(times, time => time.Wall),6:F1} ms (best {times.Min(time => time.Wall):F1}), processor {Median(times, time => time.Cpu),6:F1} ms"));

static double Median(List<(double Wall, double Cpu)> times, Func<(double Wall, double Cpu), double> value) => times.Select(value).Order().ElementAt(times.Count / 2);
