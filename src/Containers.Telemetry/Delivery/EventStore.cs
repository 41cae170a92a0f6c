using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Delivery;

/// <summary>Stores events in the user's folder.</summary>
internal sealed class EventStore
{
    private const int LineCapacity = 4096;

    private readonly SegmentedLog? _log;

    public EventStore(TelemetrySettings settings, ICollection<SettingProblem> problems)
    {
        SegmentedLogLimits limits = StoreLimits.Read(settings.StoreSizeLimit, settings.StoreRetention, problems);
        MachineEnvironment machine = MachineEnvironment.Current;
        DataFolder folder = DataFolder.Resolve(settings.Store, Environment.GetEnvironmentVariable, machine.OSFamily, machine.AccountHome);
        if (folder.Problem is { } problem)
        {
            problems.Add(problem);
        }

        Folder = folder.Path;
        _log = Folder is null ? null : new SegmentedLog(StoreLayout.EventsIn(Folder), limits);
    }

    /// <summary>The folder with all data of the user; null if there is none.</summary>
    public string? Folder { get; }

    /// <exception cref="StoreException">It could not be written.</exception>
    public void Append(ContainerEvent containerEvent, TraceContext trace)
    {
        if (_log is null)
        {
            throw new StoreException(StoreFault.Unavailable);
        }

        using var line = new MemoryStream(LineCapacity);
        OtlpLogLine.Write(line, containerEvent, trace, []);
        _log.Append(line.GetBuffer().AsSpan(0, (int)line.Length));
    }
}
