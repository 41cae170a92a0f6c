using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Delivery;

/// <summary>Who raises events, and about which project: pseudonyms that nobody can turn back.</summary>
internal sealed class EventOrigin
{
    public EventOrigin(TelemetrySettings settings, ICollection<SettingProblem> problems)
    {
    }

    /// <summary>Adds what is known to an event.</summary>
    public void AddTo(ContainerEvent containerEvent)
    {
    }
}
