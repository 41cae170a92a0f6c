using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.DatasetAccuracy;

/// <summary>A file of the generated events of one quarter, in a temporary folder.</summary>
internal sealed class QuarterStore : IDisposable
{
    private const int Seed = 1;

    public static readonly Quarter Quarter = new(2026, 3);

    private readonly string _folder = Directory.CreateTempSubdirectory("containers-telemetry-accuracy-").FullName;

    /// <param name="publishesOfYear">The number of publishes in a year.</param>
    public QuarterStore(int publishesOfYear)
    {
        var users = new HashSet<string>();
        using FileStream file = File.Create(System.IO.Path.Combine(_folder, "events.jsonl"));
        foreach (GeneratedEvent generated in PublishHistory.Events(publishesOfYear, new Random(Seed), isPlain: true))
        {
            if (generated.Time >= Quarter.Period.From && generated.Time < Quarter.Period.To)
            {
                users.Add((string)generated.Event.Find(IdentityFields.AnonymousUserId)!);
                generated.WriteTo(file);
            }
        }

        Users = users.Count;
    }

    /// <summary>The number of anonymous ids in the quarter.</summary>
    public int Users { get; }

    public string Path => _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
