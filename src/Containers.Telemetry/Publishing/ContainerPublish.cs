using System.Diagnostics;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Otlp;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Publishing;

/// <summary>One run of PublishContainer for one project: what its tasks share, and the guard that it ends with one outcome only.</summary>
internal sealed class ContainerPublish
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly SharedPublish? _shared;
    private readonly List<PublishPart> _parts = [];
    private bool _outcomeReported;

    /// <param name="settings">What the targets passed.</param>
    /// <param name="isInner">Whether this is the build of one image of several.</param>
    /// <param name="telemetry">Where events go beyond the SDK's channel; null for nowhere.</param>
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

    /// <summary>Where events go beyond the SDK's channel; null for nowhere.</summary>
    public ProjectTelemetry? Telemetry { get; }

    /// <summary>The telemetry that the SDK's own tasks raise, and so the form of the events that are raised in their place.</summary>
    public SdkTelemetry SdkTelemetry { get; set; } = SdkTelemetry.SeveralRuntimes;

    /// <summary>The registry of the base image as the SDK understands its name; null until it is known.</summary>
    public string? BaseRegistry { get; set; }

    /// <summary>Whether this is the build of one image of several. Its success is not the publish's; its failure is.</summary>
    public bool IsInner { get; }

    /// <summary>Joins the events of the publish, including the events of inner builds.</summary>
    public Guid Id { get; }

    /// <summary>Full path of the file that the preview is written to, the same for all builds of a publish; null for none.</summary>
    public string? PreviewFile { get; }

    /// <summary>Whether a success or an error was reported.</summary>
    public bool OutcomeReported => _outcomeReported;

    /// <summary>Whether the publish has no outcome yet, neither from here nor from the build of one of its images.</summary>
    public bool IsOpen => !_outcomeReported && _shared?.HasError(Id) != true;

    /// <summary>Time since the publish began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    private bool IsPreview => Telemetry?.Settings.Preview ?? Settings.PreviewFile is not null;

    /// <summary>Adds a part that has ended and is the subject of no event. Its span goes with the next outcome that is reported from this process.</summary>
    public void Add(PublishPart part) => _parts.Add(part);

    /// <summary>Reports an event that is not an outcome.</summary>
    /// <param name="engine">The running task's engine; messages to a finished task's engine are dropped.</param>
    /// <param name="containerEvent">The event.</param>
    public void Report(IBuildEngine10 engine, ContainerEvent containerEvent)
    {
        if (IsPreview)
        {
            Preview.Show(engine, PreviewFile, EventDetails.Complete(containerEvent, this));
            return;
        }

        Raise(engine, containerEvent);
        Telemetry?.Deliver(engine, Complete(containerEvent), Id, endsPublish: false, isSent: false, CancellationToken.None);
    }

    /// <summary>Reports how the publish, or one image of it, ended. Of several outcomes of one publish only the first is the publish's own.</summary>
    /// <param name="engine">The running task's engine; null after the last task, when the build takes no more messages.</param>
    /// <param name="containerEvent">The event.</param>
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

        if (isWholePublish)
        {
            Raise(engine, containerEvent);
        }

        Telemetry?.Deliver(engine, Complete(containerEvent), Id, endsPublish: isWholePublish, isSent: isWholePublish, cancellationToken, _parts);
        _parts.Clear();
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

    // The SDK's own events are not held back in a bracketed publish, and a second one would be counted twice.
    private void Raise(IBuildEngine10? engine, ContainerEvent containerEvent)
    {
        if (!Settings.IsBracketed && SdkTelemetry is not SdkTelemetry.None)
        {
            FaultInjection.Point("report");
            engine?.LogTelemetry(containerEvent.Name, SdkFormat.Properties(containerEvent, hasOneRuntime: SdkTelemetry is SdkTelemetry.OneRuntime));
        }
    }
}
