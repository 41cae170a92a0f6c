using System.Collections.Concurrent;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.EventRecorder;

/// <summary>The publishes of a build that runs several, by the projects that MSBuild builds for them.</summary>
/// <remarks>
/// Projects hand their global properties on to the projects that they build, so the builds of single images belong to the publish of all.
/// MSBuild gives each project of a build, and so each event of it, a number.
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
