using System.Globalization;
using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.StoreGenerator;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.ToolStartup;

// Measures "containers-telemetry status" against a tool that only says hello: for a user who has not published yet, and for one who
// has. All are run in turns, so that other load on the machine affects them alike.
const string Usage = """
    Measures how long the packed and installed tool takes to start.

    Usage:
      dotnet run -c Release --project bench/ToolStartup [-- options]

    Options:
      --runs N        Runs of each command, in turns (default 41).
      --show N        Also "show -n 20" on a store of N publishes, 6.6 KB each.
      --store FOLDER  Where to generate that store, and what to read when it is there
                      already (default: a temporary folder, deleted afterwards).
      --help          Show this text.
    """;
const int WarmUps = 3;
const int StoredPublishes = 100;

int runs = 41;
int shown = 0;
string? store = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--runs" when PositiveNumber.At(++i, args) is { } number:
            runs = number;
            break;
        case "--show" when PositiveNumber.At(++i, args) is { } number:
            shown = number;
            break;
        case "--store" when ++i < args.Length:
            store = Path.GetFullPath(args[i]);
            break;
        default:
            Console.WriteLine(Usage);
            return args[i] is "--help" or "-h" ? 0 : 2;
    }
}

using var folder = new TemporaryFolder();
InstalledTool hello = await InstalledTool.InstallAsync("bench/HelloTool", "hello-tool", folder);
InstalledTool tool = await InstalledTool.InstallAsync("src/Containers.Telemetry.Tool", "containers-telemetry", folder);
InstalledTool toolOfPublisher = tool.OfUser(folder.Combine("publisher"));
GeneratedStore.Write(folder.Combine("generated"), StoredPublishes, seed: 1, isPlain: true);
toolOfPublisher.Run("import", folder.Combine("generated"));
toolOfPublisher.Run("reset-id");
store ??= folder.Combine("store");
if (shown > 0 && !Directory.Exists(Path.Combine(store, "events")))
{
    GeneratedStore.Write(Path.Combine(store, "events"), shown, seed: 1);
}

(string Name, Func<(double Wall, double Cpu)> Run)[] starts =
[
    ("hello-tool", () => hello.Run()),
    ("status, nothing stored", () => tool.Run("status")),
    ($"status, {StoredPublishes} publishes stored", () => toolOfPublisher.Run("status")),
    .. shown == 0 ? [] : new (string, Func<(double, double)>)[] { (string.Create(CultureInfo.InvariantCulture, $"show -n 20, {shown:N0} publishes"), () => tool.Run("show", "-n", "20", "--store", store)) },
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

var helloWall = Quartiles.Of(times[0].Select(static time => time.Wall));
for (int start = 0; start < starts.Length; start++)
{
    var wall = Quartiles.Of(times[start].Select(static time => time.Wall));
    var cpu = Quartiles.Of(times[start].Select(static time => time.Cpu));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{starts[start].Name,-34} wall {wall.Median,6:F1} ms ({wall.Lower:F1} to {wall.Upper:F1}), CPU {cpu.Median,6:F1} ms ({cpu.Lower:F1} to {cpu.Upper:F1}); {wall.Median / helloWall.Median:F2} of the wall time of hello-tool"));
}

return 0;
