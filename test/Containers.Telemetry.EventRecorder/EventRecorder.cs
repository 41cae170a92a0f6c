using Microsoft.Build.Framework;

namespace Containers.Telemetry.EventRecorder;

/// <summary>
/// An MSBuild logger that records the events of a build in a file for a test:
/// <c>-logger:EventRecorder,path/to/Containers.Telemetry.EventRecorder.dll;path/to/record</c>.
/// </summary>
/// <remarks>
/// Each event is written, with its line end and in one write, before the next one is handled. So a killed build leaves a complete record, and the
/// threads on which MSBuild raises its events do not matter.
/// </remarks>
public sealed class EventRecorder : INodeLogger, IDisposable
{
    private readonly object _lock = new();
    private readonly PublishNames _publishes = new();
    private FileStream? _file;

    /// <summary>Path of the record file, as the command line gave it.</summary>
    public string? Parameters { get; set; }

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Diagnostic;

    public void Initialize(IEventSource eventSource, int nodeCount) => Initialize(eventSource);

    public void Initialize(IEventSource eventSource)
    {
        if (string.IsNullOrEmpty(Parameters))
        {
            throw new LoggerException("The event recorder needs a file to write to: -logger:EventRecorder,<assembly>;<file>");
        }

        // The command line's -verbosity sets Verbosity after construction; a record is always complete.
        Verbosity = LoggerVerbosity.Diagnostic;
        _file = new FileStream(Parameters, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

        eventSource.AnyEventRaised += (_, e) =>
        {
            if (e is ProjectStartedEventArgs project)
            {
                _publishes.Add(project);
            }

            Write(Describe(e), e.BuildEventContext);
        };
        if (eventSource is IEventSource2 telemetrySource)
        {
            telemetrySource.TelemetryLogged += (_, e) => Write(DescribeTelemetry(e), e.BuildEventContext);
        }

        if (eventSource is IEventSource3 taskInputSource)
        {
            taskInputSource.IncludeTaskInputs();
        }
    }

    public void Shutdown() => Dispose();

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static RecordedEvent? Describe(BuildEventArgs e) => e switch
    {
        BuildErrorEventArgs error => new()
        {
            Kind = RecordedKind.Error,
            Text = error.Message,
            Code = error.Code,
            Sender = error.SenderName,
            File = error.File,
            Project = error.ProjectFile,
        },
        BuildWarningEventArgs warning => new()
        {
            Kind = RecordedKind.Warning,
            Text = warning.Message,
            Code = warning.Code,
            Sender = warning.SenderName,
            File = warning.File,
            Project = warning.ProjectFile,
        },
        AssemblyLoadBuildEventArgs load => new()
        {
            Kind = RecordedKind.AssemblyLoaded,
            Name = load.AssemblyName,
            Text = load.Message,
            Assembly = load.AssemblyPath,
        },
        TaskParameterEventArgs parameter => new()
        {
            Kind = RecordedKind.Parameter,
            Name = parameter.ItemType,
            Text = parameter.Message,
        },
        BuildMessageEventArgs message => new()
        {
            Kind = RecordedKind.Message,
            Text = message.Message,
            Code = message.Code,
            Importance = message.Importance.ToString(),
            Sender = message.SenderName,
            File = message.File,
            Project = message.ProjectFile,
        },
        TaskStartedEventArgs task => new()
        {
            Kind = RecordedKind.TaskStarted,
            Name = task.TaskName,
            File = task.TaskFile,
            Project = task.ProjectFile,
            // The lowest MSBuild that loads this logger does not have this property.
            Assembly = task.GetType().GetProperty("TaskAssemblyLocation")?.GetValue(task) as string,
        },
        TaskFinishedEventArgs task => new()
        {
            Kind = RecordedKind.TaskFinished,
            Name = task.TaskName,
            File = task.TaskFile,
            Project = task.ProjectFile,
            Succeeded = task.Succeeded,
        },
        TargetStartedEventArgs target => new()
        {
            Kind = RecordedKind.TargetStarted,
            Name = target.TargetName,
            File = target.TargetFile,
            Project = target.ProjectFile,
        },
        TargetFinishedEventArgs target => new()
        {
            Kind = RecordedKind.TargetFinished,
            Name = target.TargetName,
            File = target.TargetFile,
            Project = target.ProjectFile,
            Succeeded = target.Succeeded,
        },
        ProjectFinishedEventArgs project => new()
        {
            Kind = RecordedKind.ProjectFinished,
            Project = project.ProjectFile,
            Succeeded = project.Succeeded,
        },
        BuildFinishedEventArgs build => new()
        {
            Kind = RecordedKind.BuildFinished,
            Succeeded = build.Succeeded,
        },
        _ => null,
    };

    private static RecordedEvent DescribeTelemetry(TelemetryEventArgs telemetry) => new()
    {
        Kind = RecordedKind.Telemetry,
        Name = telemetry.EventName,
        Properties = telemetry.Properties.ToDictionary(property => property.Key, property => (string?)property.Value),
    };

    private void Write(RecordedEvent? recorded, BuildEventContext? context)
    {
        if (recorded is null)
        {
            return;
        }

        byte[] line = (recorded with { Publish = _publishes.Find(context) }).ToLine();
        lock (_lock)
        {
            _file?.Write(line);
        }
    }
}
