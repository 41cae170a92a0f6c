using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Delivery;

/// <summary>The telemetry of one project in one build: the origin and the destinations of its events.</summary>
internal sealed class ProjectTelemetry
{
    // Its text is the day of the last warning.
    private const string RefusedStoreFile = "store-warning";

    private readonly List<SettingProblem> _problems = [];
    private readonly ConfigFolder? _userFolder;
    private readonly BuildSurroundings _surroundings;
    private readonly EventOrigin _origin;
    private readonly EventStore _store;
    private readonly EventExport? _export;

    /// <param name="userFolder">The folder of the user's pseudonyms; null for a user without a home.</param>
    public ProjectTelemetry(TelemetrySettings settings, ConfigFolder? userFolder)
    {
        Settings = settings;
        _userFolder = userFolder;
        Dimensions = DeclaredDimensions.Read(settings.Dimensions, _problems);
        _surroundings = new BuildSurroundings(settings);
        _origin = new EventOrigin(settings, userFolder, _problems);
        _store = new EventStore(settings, _problems);
        _export = EventExport.Create(settings, _store.Folder, _surroundings.IsContinuousIntegration, _problems);
    }

    public TelemetrySettings Settings { get; }

    public IReadOnlyList<SettingProblem> Problems => _problems;

    public DeclaredDimensions Dimensions { get; }

    /// <summary>Full path of the folder that events are stored in; null for none.</summary>
    public string? StoreFolder => _store.Folder;

    /// <summary>Whether spans are sent, so that a publish needs its parts.</summary>
    public bool HasSpans => _export?.HasSpans == true;

    public IReadOnlyList<string> ListEndpointHosts() => _export?.ListHosts() ?? [];

    /// <summary>Warns about an endpoint that has refused everything for long, at most once a day.</summary>
    public void WarnOfRefusal(IBuildEngine engine)
    {
        try
        {
            if (_export?.TakeRefusal() is { } problem)
            {
                BuildMessages.Warn(engine, problem);
            }
        }
        catch (Exception e)
        {
            BuildMessages.LogFault(engine, e, "could not look into its outbox");
        }
    }

    /// <summary>Adds pseudonyms, surroundings and the organization's dimensions to an event.</summary>
    public void Describe(ContainerEvent containerEvent)
    {
        _origin.AddTo(containerEvent);
        _surroundings.AddTo(containerEvent);
        Dimensions.AddTo(containerEvent);
    }

    /// <summary>Delivers an event to the sinks of the user. A failure is logged at low importance, and each sink fails independently.</summary>
    /// <param name="engine">The engine of the running task; null after the last one.</param>
    /// <param name="containerEvent">The event, complete.</param>
    /// <param name="publishId">The publish that it belongs to.</param>
    /// <param name="endsPublish">Whether the event ends the publish, so that its span is created.</param>
    /// <param name="isSent">Whether queued events are sent now.</param>
    /// <param name="parts">Parts of the publish that have ended, each with a span; null for none.</param>
    public void Deliver(
        IBuildEngine? engine,
        ContainerEvent containerEvent,
        Guid publishId,
        bool endsPublish,
        bool isSent,
        CancellationToken cancellationToken,
        IReadOnlyList<PublishPart>? parts = null)
    {
        var trace = TraceContext.Create(publishId, Environment.GetEnvironmentVariable("TRACEPARENT"), Environment.GetEnvironmentVariable("TRACESTATE"));
        try
        {
            FaultInjection.Point("store");
            _store.Append(containerEvent, trace);
        }
        catch (Exception e)
        {
            BuildMessages.LogFault(engine, e, "could not store an event");
            WarnOfRefusedStore(engine, e);
        }

        try
        {
            FaultInjection.Point("export");
            _export?.Deliver(containerEvent, trace, endsPublish ? UuidV7.TimeOf(publishId) : null, parts ?? [], isSent, cancellationToken);
        }
        catch (Exception e)
        {
            BuildMessages.LogFault(engine, e, "could not export an event");
        }
    }

    // A message of low importance is easily missed, and the folder stays refused until the user repairs it.
    private void WarnOfRefusedStore(IBuildEngine? engine, Exception exception)
    {
        try
        {
            if (engine is not null
                && exception is StoreException { IsRefusal: true }
                && _userFolder?.File(RefusedStoreFile) is { } mark
                && mark.TryClaimDay(DateTimeOffset.UtcNow))
            {
                BuildMessages.Warn(engine, Diagnostics.RefusedStore.Problem(exception.Message));
            }
        }
        catch (Exception)
        {
            // Do not disturb a build that accepts no more warnings.
        }
    }
}
