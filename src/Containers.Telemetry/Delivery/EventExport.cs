using Containers.Telemetry.Events;
using Containers.Telemetry.Export;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Delivery;

/// <summary>Sends events to where the user wants them, by OTLP.</summary>
internal sealed class EventExport
{
    public static EventExport? Create(TelemetrySettings settings, string? dataFolder, bool isContinuousIntegration, ICollection<SettingProblem> problems) => null;

    public void Queue(ContainerEvent containerEvent, TraceContext trace, DateTimeOffset? spanStart)
    {
    }

    public void Send()
    {
    }
}
