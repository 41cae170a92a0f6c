using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Delivery;

/// <summary>The pseudonyms of the user and the project. They cannot be reversed.</summary>
internal sealed class EventOrigin
{
    private readonly Guid? _user;
    private readonly string? _project;

    public EventOrigin(TelemetrySettings settings, ConfigFolder? folder, ICollection<SettingProblem> problems)
    {
        UserIdentity? identity = folder is null ? null : UserIdentity.Get(folder, DateTimeOffset.UtcNow);
        _user = identity?.Id;
        if (settings.ProjectFile is { } project && (SharedKey(settings, problems) ?? identity?.ProjectKey) is { } key)
        {
            _project = ProjectId.Compute(key, project);
        }
    }

    public void AddTo(ContainerEvent containerEvent)
    {
        if (_user is { } user)
        {
            containerEvent.Set(IdentityFields.AnonymousUserId, user);
        }

        containerEvent.Set(IdentityFields.ProjectId, _project);
    }

    private static ProjectKey? SharedKey(TelemetrySettings settings, ICollection<SettingProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(settings.ProjectKey))
        {
            return null;
        }

        ProjectKey? shared = ProjectKey.FromText(settings.ProjectKey, out SettingProblem? problem);
        if (problem is not null)
        {
            problems.Add(problem);
        }

        return shared;
    }
}
