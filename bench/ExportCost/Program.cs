using System.Globalization;
using Containers.Telemetry.ExportCost;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

const int Events = 100_000;
const int Rounds = 15;
const int Segments = 100_000;

// Without arguments this measures the export, and with "segments" a store of very many segments. Other arguments mark one of its child processes.
switch (args)
{
    case []:
        await MeasureAsync();
        return 0;
    case ["segments"]:
        CrowdedStore.Measure(Segments);
        return 0;
    case ["append", var store]:
        CrowdedStore.Append(store);
        return 0;
    case ["receive"]:
        await ReceiveAsync();
        return 0;
    case ["drain", var outbox, var endpoint]:
        Drain.Run(outbox, endpoint);
        return 0;
    case ["publish", var outbox, var endpoint, var warmUp]:
        ColdPublish.Run(outbox, endpoint, warmUp == "warm");
        return 0;
    default:
        Console.Error.WriteLine("export-cost takes no argument but segments.");
        return 2;
}

static async Task MeasureAsync()
{
    using TemporaryFolder folder = new();
    using OwnProcess receiver = OwnProcess.Start("receive");
    string endpoint = receiver.ReadLine();

    Console.WriteLine($"Draining an outbox of {Events.ToString("N0", CultureInfo.InvariantCulture)} events to a receiver in a process of its own:");
    Drain.Fill(folder.Combine("drain"), endpoint, Events);
    TimeSpan idle = receiver.Cpu;
    using (OwnProcess drain = OwnProcess.Start("drain", folder.Combine("drain"), endpoint))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {drain.ReadLine()}; the receiver {(receiver.Cpu - idle).TotalSeconds:N2} s CPU"));
    }

    foreach (string state in new[] { "cold", "warm" })
    {
        Console.WriteLine(state == "cold"
            ? $"One publish's export in a fresh process, median of {Rounds}:"
            : "The same where the process has used HTTP and SHA-256 before, as one that pushes an image has:");
        List<string> samples = [];

        for (int round = 0; round < Rounds; round++)
        {
            using OwnProcess publish = OwnProcess.Start("publish", folder.Combine(state + round.ToString(CultureInfo.InvariantCulture)), endpoint, state);
            samples.Add(publish.ReadLine());
        }

        Console.Write(ColdPublish.Report(samples));
    }

    await receiver.StopAsync();
}

static async Task ReceiveAsync()
{
    await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(keepsRequests: false);
    Console.WriteLine(receiver.Address.AbsoluteUri);
    await Console.In.ReadToEndAsync();
}
