using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Delivery;

/// <summary>Who raises events, and about which project: pseudonyms that nobody can turn back.</summary>
internal sealed class EventOrigin
{
    private readonly Guid? _user;
    private readonly string? _project;

    public EventOrigin(TelemetrySettings settings, ConfigFolder? folder, ICollection<SettingProblem> problems)
    {
        _user = folder is null ? null : AnonymousId.Get(folder, DateTimeOffset.UtcNow);
        if (settings.ProjectFile is { } project && KeyOf(settings, folder, problems) is { } key)
        {
            _project = ProjectId.Compute(key, project);
        }
    }

    /// <summary>Adds what is known to an event.</summary>
    public void AddTo(ContainerEvent containerEvent)
    {
        if (_user is { } user)
        {
            containerEvent.Set(IdentityFields.AnonymousUserId, user);
        }

        containerEvent.Set(IdentityFields.ProjectId, _project);
    }

    private static ProjectKey? KeyOf(TelemetrySettings settings, ConfigFolder? folder, ICollection<SettingProblem> problems)
    {
        ProjectKey? shared = null;
        if (!string.IsNullOrWhiteSpace(settings.ProjectKey))
        {
            shared = ProjectKey.FromText(settings.ProjectKey, out SettingProblem? problem);
            if (problem is { } found)
            {
                problems.Add(found);
            }
        }

        return shared ?? (folder is null ? null : ProjectKey.OfUser(folder));
    }
}
