using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.PublishOverhead.Checks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>The ways to store and send the events of a publish, each with its own user, and the collectors.</summary>
internal sealed class SinkVariants : IAsyncDisposable
{
    // The events of a successful publish.
    private static readonly string[] Events = [EventNames.Inference, EventNames.Success];

    private readonly string _folder;
    private readonly OtlpReceiver _collector;
    private readonly OtlpReceiver _grpcCollector;
    private readonly OtlpReceiver _hangingCollector;
    private readonly ClosedPort _refusingCollector;

    private SinkVariants(
        string folder,
        OtlpReceiver collector,
        OtlpReceiver grpcCollector,
        OtlpReceiver hangingCollector,
        Projects projects)
    {
        _folder = folder;
        _collector = collector;
        _grpcCollector = grpcCollector;
        _hangingCollector = hangingCollector;
        _refusingCollector = new();

        Without = Create("without the package", projects.Without, user => [new StoreCheck(user)]);
        Store = Create("with it: store", projects.Store, user => [new StoreCheck(user, Events)]);
        Delivered = Create(
            "with it: store, OTLP", projects.Delivered, user => [new StoreCheck(user, Events), CreateDeliveryCheck(collector)], collector.Address);
        DeliveredAsJson = Create(
            "with it: store, OTLP by http/json",
            projects.DeliveredAsJson,
            user => [new StoreCheck(user, Events), CreateDeliveryCheck(collector)],
            collector.Address,
            "http/json");
        DeliveredByGrpc = Create(
            "with it: store, OTLP by grpc",
            projects.DeliveredByGrpc,
            user => [new StoreCheck(user, Events), CreateDeliveryCheck(grpcCollector)],
            grpcCollector.Address,
            "grpc");
        Refused = Create(
            "with it: store, OTLP refused", projects.Refused, user => [new StoreCheck(user, Events), CreateOutboxCheck(user)], _refusingCollector.Address);
        Hanging = Create(
            "with it: store, OTLP hangs",
            projects.Hanging,
            user => [new StoreCheck(user, Events), CreateOutboxCheck(user), new UnansweredCheck(hangingCollector)],
            hangingCollector.Address);
        Official = Create(
            "official SDK: OTLP", projects.Official, user => [new StoreCheck(user), CreateDeliveryCheck(collector)], collector.Address);
        OfficialAheadOfTime = Create(
            "official SDK, ahead of time: OTLP",
            projects.OfficialAheadOfTime,
            user => [new StoreCheck(user), CreateDeliveryCheck(collector)],
            collector.Address);
    }

    /// <summary>The baseline.</summary>
    public Variant Without { get; }

    /// <summary>With the package and its defaults: events go to the store.</summary>
    public Variant Store { get; }

    /// <summary>Also delivers them to a collector, by the default protocol http/protobuf.</summary>
    public Variant Delivered { get; }

    /// <summary>The same by http/json.</summary>
    public Variant DeliveredAsJson { get; }

    /// <summary>The same by grpc.</summary>
    public Variant DeliveredByGrpc { get; }

    /// <summary>The collector refuses the connection.</summary>
    public Variant Refused { get; }

    /// <summary>The collector accepts the connection and the request, and never answers.</summary>
    public Variant Hanging { get; }

    /// <summary>Without the package; the official OpenTelemetry SDK delivers the same events to a collector.</summary>
    public Variant Official { get; }

    /// <summary>The same, with the official SDK compiled ahead of time, like the package's tasks.</summary>
    public Variant OfficialAheadOfTime { get; }

    /// <summary>All variants, the baseline first.</summary>
    public IReadOnlyList<Variant> All => [Without, Store, Delivered, DeliveredAsJson, DeliveredByGrpc, Refused, Hanging, Official, OfficialAheadOfTime];

    /// <summary>Builds the official exporter's task, restores copies of the sample for it, and starts the collectors.</summary>
    /// <param name="folder">A folder without a file or folder named "sinks".</param>
    /// <param name="feed">The folder of the package.</param>
    public static async Task<SinkVariants> PrepareAsync(string folder, PackageFeed feed)
    {
        string own = Path.Combine(folder, "sinks");
        var exporter = await OfficialExporter.BuildAsync(Path.Combine(own, "exporter"));

        // One copy for each user: after another user's publish the SDK reads the packages of a project again, which costs more than a sink.
        var projects = new Projects
        {
            Without = await SampleProject.CreateAsync(Path.Combine(own, "without"), feed: null),
            Store = await SampleProject.CreateAsync(Path.Combine(own, "store"), feed),
            Delivered = await SampleProject.CreateAsync(Path.Combine(own, "delivered"), feed),
            DeliveredAsJson = await SampleProject.CreateAsync(Path.Combine(own, "delivered-json"), feed),
            DeliveredByGrpc = await SampleProject.CreateAsync(Path.Combine(own, "delivered-grpc"), feed),
            Refused = await SampleProject.CreateAsync(Path.Combine(own, "refused"), feed),
            Hanging = await SampleProject.CreateAsync(Path.Combine(own, "hanging"), feed),
            Official = await SampleProject.CreateAsync(Path.Combine(own, "official"), feed: null),
            OfficialAheadOfTime = await SampleProject.CreateAsync(Path.Combine(own, "official-ahead-of-time"), feed: null),
        };
        exporter.AddTo(projects.Official, aheadOfTime: false);
        exporter.AddTo(projects.OfficialAheadOfTime, aheadOfTime: true);

        var collector = await OtlpReceiver.StartAsync();
        var grpcCollector = await OtlpReceiver.StartGrpcAsync();
        var hangingCollector = await OtlpReceiver.StartAsync(keepsRequests: false);
        hangingCollector.Otherwise = ReceiverBehavior.Hang;
        return new(own, collector, grpcCollector, hangingCollector, projects);
    }

    public async ValueTask DisposeAsync()
    {
        await _collector.DisposeAsync();
        await _grpcCollector.DisposeAsync();
        await _hangingCollector.DisposeAsync();
        _refusingCollector.Dispose();
    }

    private static OutboxCheck CreateOutboxCheck(BenchUser user)
    {
        const int Spans = 1;
        return new(user, Events.Length + Spans);
    }

    private static DeliveryCheck CreateDeliveryCheck(OtlpReceiver collector) => new(collector, Events, OtlpSpanLine.SpanName);

    private Variant Create(string name, SampleProject project, Func<BenchUser, IReadOnlyList<IPublishCheck>> checks, Uri? endpoint = null, string? protocol = null)
    {
        var user = new BenchUser(Path.Combine(_folder, "users", name.Replace(": ", "-", StringComparison.Ordinal).Replace('/', '-')));
        var variables = new Dictionary<string, string> { ["HOME"] = user.Home };
        if (endpoint is not null)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.AbsoluteUri;
        }

        if (protocol is not null)
        {
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        }

        return new(name, project) { Variables = variables, Checks = checks(user) };
    }

    /// <summary>The copies of the sample.</summary>
    private sealed class Projects
    {
        public required SampleProject Without { get; init; }

        public required SampleProject Store { get; init; }

        public required SampleProject Delivered { get; init; }

        public required SampleProject DeliveredAsJson { get; init; }

        public required SampleProject DeliveredByGrpc { get; init; }

        public required SampleProject Refused { get; init; }

        public required SampleProject Hanging { get; init; }

        public required SampleProject Official { get; init; }

        public required SampleProject OfficialAheadOfTime { get; init; }
    }
}
