using System.Diagnostics;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Publishing;

/// <summary>One run of PublishContainer for one project: the shared state of its tasks, which ensures a single outcome.</summary>
internal sealed class ContainerPublish
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly SharedPublish? _shared;
    private readonly List<PublishPart> _parts = [];
    private readonly List<ContainerEvent> _held = [];
    private bool _isCertain;
    private bool _outcomeReported;

    /// <param name="isInner">Whether this is the build of one image of several.</param>
    public ContainerPublish(PublishSettings settings, bool isInner, ProjectTelemetry? telemetry = null)
    {
        Settings = settings;
        Telemetry = telemetry;
        IsInner = isInner;
        _shared = settings.SharedFolder is { } folder ? new SharedPublish(folder) : null;
        PreviewFile = settings.PreviewFile;
        if (_shared is null)
        {
            Id = UuidV7.Create();
        }
        else if (isInner)
        {
            (Id, PreviewFile) = _shared.Join();
        }
        else
        {
            Id = _shared.Open(PreviewFile);
        }
    }

    public PublishSettings Settings { get; }

    /// <summary>The sinks beyond the SDK's channel; null for none.</summary>
    public ProjectTelemetry? Telemetry { get; }

    /// <summary>The telemetry of the SDK's own tasks, which determines the form of the events that replace it.</summary>
    public SdkTelemetry SdkTelemetry { get; set; } = SdkTelemetry.SeveralRuntimes;

    /// <summary>The registry of the base image, as the SDK parses its name; null until it is known.</summary>
    public string? BaseRegistry { get; set; }

    /// <summary>Whether this is the build of one image of several. Its success is not the publish's; its failure is.</summary>
    public bool IsInner { get; }

    /// <summary>The id of the publish, which also joins the events of inner builds.</summary>
    public Guid Id { get; }

    /// <summary>Full path of the file that the preview is written to, the same for all builds of a publish; null for none.</summary>
    public string? PreviewFile { get; }

    /// <summary>Whether the choice of the base image was reported.</summary>
    public bool HasInference { get; private set; }

    /// <summary>Whether a success or an error was reported.</summary>
    public bool OutcomeReported => _outcomeReported;

    /// <summary>Whether the publish has no outcome yet, neither here nor from the build of one of its images.</summary>
    public bool IsOpen => !_outcomeReported && _shared?.HasError(Id) != true;

    private bool IsPreview => Telemetry?.Settings.Preview ?? Settings.PreviewFile is not null;

    /// <summary>Time since this build began; for the event that ends the publish, since the publish did, which one image of several joined later.</summary>
    public TimeSpan DurationOf(ContainerEvent containerEvent)
    {
        if (!IsInner || containerEvent.Find(DetailFields.EndsPublish) is not true)
        {
            return Stopwatch.GetElapsedTime(_started);
        }

        // The builds may run in several processes, which have no other clock in common. It may have been set back.
        TimeSpan sincePublish = DateTimeOffset.UtcNow - UuidV7.TimeOf(Id);
        return sincePublish > TimeSpan.Zero ? sincePublish : TimeSpan.Zero;
    }

    /// <summary>Adds a completed part without an event. Its span is sent with the next outcome from this process.</summary>
    public void Add(PublishPart part) => _parts.Add(part);

    /// <summary>
    /// Reports the choice of the base image. The user's sinks get it once the publish is certain: of a build that asks for the base image alone they
    /// get nothing, since it would look like a publish that was killed.
    /// </summary>
    /// <param name="engine">The running task's engine; messages to a finished task's engine are dropped.</param>
    /// <param name="isOfSdk">Whether the SDK's own tasks report it as well, so that it is raised in their channel.</param>
    public void ReportInference(IBuildEngine10 engine, ContainerEvent inference, bool isOfSdk)
    {
        HasInference = true;
        if (IsPreview)
        {
            Preview.Show(engine, PreviewFile, EventDetails.Complete(inference, this));
            return;
        }

        if (isOfSdk)
        {
            Raise(engine, inference);
        }

        if (Telemetry is null)
        {
            return;
        }

        _held.Add(Complete(inference));
        if (_isCertain)
        {
            DeliverHeld(engine);
        }
    }

    /// <summary>Makes the publish certain: an image will be made, or the publish has ended. The user's sinks get what was reported before.</summary>
    /// <param name="engine">The running task's engine; null after the last task.</param>
    public void MakeCertain(IBuildEngine10? engine)
    {
        _isCertain = true;
        DeliverHeld(engine);
    }

    /// <summary>Reports the outcome of the publish, or of one image. The first outcome of a publish counts.</summary>
    /// <param name="engine">The running task's engine; null after the last task, when the build accepts no more messages.</param>
    /// <param name="cancellationToken">Ends the export. The next publish sends the event.</param>
    public void ReportOutcome(IBuildEngine10? engine, ContainerEvent containerEvent, CancellationToken cancellationToken)
    {
        bool failed = containerEvent.Name == EventNames.Error;
        bool isWholePublish = !_outcomeReported && (failed ? _shared is null || _shared.ClaimError(Id) : !IsInner && _shared?.HasError(Id) != true);
        _outcomeReported = true;
        containerEvent.Set(DetailFields.EndsPublish, isWholePublish);
        if (IsPreview)
        {
            Preview.Show(engine, PreviewFile, EventDetails.Complete(containerEvent, this));
            return;
        }

        MakeCertain(engine);
        if (isWholePublish)
        {
            Raise(engine, containerEvent);
        }

        Telemetry?.Deliver(engine, Complete(containerEvent), Id, endsPublish: isWholePublish, isSent: isWholePublish, cancellationToken, _parts);
        _parts.Clear();
    }

    private void DeliverHeld(IBuildEngine10? engine)
    {
        foreach (ContainerEvent held in _held)
        {
            Telemetry?.Deliver(engine, held, Id, endsPublish: false, isSent: false, CancellationToken.None);
        }

        _held.Clear();
    }

    private ContainerEvent Complete(ContainerEvent containerEvent)
    {
        EventDetails.Complete(containerEvent, this);
        if (Telemetry?.HasSpans == true && PublishPart.Of(containerEvent) is { } part)
        {
            _parts.Add(part);
        }

        return containerEvent;
    }

    // In a bracketed publish the SDK's own events are raised, so ours would be a duplicate.
    private void Raise(IBuildEngine10? engine, ContainerEvent containerEvent)
    {
        if (!Settings.IsBracketed && SdkTelemetry is not SdkTelemetry.None)
        {
            FaultInjection.Point("report");
            engine?.LogTelemetry(containerEvent.Name, SdkFormat.Properties(containerEvent, hasOneRuntime: SdkTelemetry is SdkTelemetry.OneRuntime));
        }
    }
}
