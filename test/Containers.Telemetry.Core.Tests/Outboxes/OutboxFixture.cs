using Containers.Telemetry.Core.Tests.Store;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Store;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Outboxes;

/// <summary>A receiver, and an outbox that sends to it.</summary>
internal sealed class OutboxFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OtlpHttpExporter _exporter;
    private int _appended;

    private OutboxFixture(OtlpReceiver receiver, long maxBytes, (string, string)[] variables)
    {
        Receiver = receiver;
        Destination = SettingsInput.Logs(receiver.Address, variables);
        Outbox = new Outbox(Folder, Destination, maxBytes, Clock);
        _exporter = new OtlpHttpExporter("1.2.3", Clock);
    }

    public OtlpReceiver Receiver { get; }

    public OtlpDestination Destination { get; }

    public Outbox Outbox { get; }

    public ManualClock Clock { get; } = new(new DateTime(2026, 11, 21, 9, 30, 0));

    /// <summary>The folder of all outboxes.</summary>
    public string Folder => _folder.Combine("outbox");

    /// <summary>The folder of this outbox's log.</summary>
    public string LogFolder => Path.Combine(Folder, Destination.Folder, "logs");

    /// <summary>The identifiers of all records in successful requests, in order of arrival.</summary>
    public IReadOnlyList<string> AcceptedIds => IdsOf(request => request.IsAccepted);

    /// <summary>The identifiers of all records that arrived, in order.</summary>
    public IReadOnlyList<string> ReceivedIds => IdsOf(static _ => true);

    public static Task<OutboxFixture> CreateAsync(params (string Name, string Value)[] variables) =>
        CreateAsync(SegmentedLogLimits.DefaultMaxBytes, variables);

    public static async Task<OutboxFixture> CreateAsync(long maxBytes, params (string Name, string Value)[] variables) =>
        new(await OtlpReceiver.StartAsync(), maxBytes, variables);

    public static string[] Ids(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(static number => NumberedRecord.Id(1, number))];

    /// <summary>Appends records, each as a line.</summary>
    public void Append(int count, int filler = 0)
    {
        for (int i = 0; i < count; i++)
        {
            Outbox.Append(NumberedRecord.Create(1, _appended++, filler));
        }
    }

    public DrainResult Drain(TimeSpan? budget = null, bool isAskedFor = false, Action<long>? progress = null, CancellationToken cancellationToken = default) =>
        Outbox.Drain(_exporter, budget ?? TimeSpan.FromMinutes(1), cancellationToken, isAskedFor, progress);

    public async ValueTask DisposeAsync()
    {
        _exporter.Dispose();
        await Receiver.DisposeAsync();
        _folder.Dispose();
    }

    private List<string> IdsOf(Func<ReceivedRequest, bool> isMeant) =>
        [.. Receiver.Requests.Where(isMeant).SelectMany(static request => NumberedRecord.ReadIds(request.Body))];
}
