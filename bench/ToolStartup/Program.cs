using System.Globalization;
using Containers.Telemetry.StoreGenerator;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.ToolStartup;

// How long "containers-telemetry status" takes, against a tool that only says hello: for a user who has not published yet, and for one who
// has. All are run in turns, so that what else the machine does hits them alike.
const int DefaultRuns = 41;
const int WarmUps = 3;
const int StoredPublishes = 100;

int runs = args is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : DefaultRuns;
using var folder = new TemporaryFolder();
InstalledTool hello = await InstalledTool.InstallAsync("bench/HelloTool", "hello-tool", folder);
InstalledTool tool = await InstalledTool.InstallAsync("src/Containers.Telemetry.Tool", "containers-telemetry", folder);
InstalledTool toolOfPublisher = tool.OfUser(folder.Combine("publisher"));
GeneratedStore.Write(folder.Combine("generated"), StoredPublishes, seed: 1, isPlain: true);
toolOfPublisher.Run("import", folder.Combine("generated"));
toolOfPublisher.Run("reset-id");

(string Name, Func<(double Wall, double Cpu)> Run)[] starts =
[
    ("hello-tool", () => hello.Run()),
    ("status, nothing stored", () => tool.Run("status")),
    ($"status, {StoredPublishes} publishes stored", () => toolOfPublisher.Run("status")),
];
var times = Array.ConvertAll(starts, _ => new List<(double Wall, double Cpu)>());
for (int run = -WarmUps; run < runs; run++)
{
    for (int start = 0; start < starts.Length; start++)
    {
        (double Wall, double Cpu) time = starts[start].Run();
        if (run >= 0)
        {
            times[start].Add(time);
        }
    }
}

for (int start = 0; start < starts.Length; start++)
{
    double wall = Median(times[start], time => time.Wall);
    double cpu = Median(times[start], time => time.Cpu);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{starts[start].Name,-30} wall {wall,6:F1} ms (best {times[start].Min(time => time.Wall):F1}), processor {cpu,6:F1} ms; ratio of medians {wall / Median(times[0], time => time.Wall):F2}, processor {cpu / Median(times[0], time => time.Cpu):F2}"));
}

static double Median(List<(double Wall, double Cpu)> times, Func<(double Wall, double Cpu), double> value) => times.Select(value).Order().ElementAt(times.Count / 2);
