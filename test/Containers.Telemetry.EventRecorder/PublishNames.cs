using System.Collections.Concurrent;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.EventRecorder;

/// <summary>Maps the events of a build with several publishes to the publishes.</summary>
/// <remarks>
/// Projects pass their global properties to the projects that they build, so the builds of single images belong to the publish of all images. MSBuild
/// numbers the projects of a build, and each event has the number of its project.
/// </remarks>
internal sealed class PublishNames
{
    private readonly ConcurrentDictionary<int, string> _names = new();

    public void Add(ProjectStartedEventArgs project)
    {
        if (project.BuildEventContext is { } context && project.GlobalProperties?.TryGetValue(RecordedEvent.PublishProperty, out string? name) == true)
        {
            _names[context.ProjectContextId] = name;
        }
    }

    /// <summary>Returns the publish that an event belongs to, or null.</summary>
    public string? Find(BuildEventContext? context) => context is null ? null : _names.GetValueOrDefault(context.ProjectContextId);
}
