using Containers.Telemetry.Delivery;

namespace Containers.Telemetry.Publishing;

/// <summary>Finds the publish of a task.</summary>
internal static class Publishes
{
    /// <summary>Begins a publish of the calling task's project.</summary>
    public static ContainerPublish Begin(IBuildEngine10 engine, PublishSettings settings)
    {
        var publish = new ContainerPublish(settings, IsInner(engine.GetGlobalProperties()), ProjectScope.Find<ProjectTelemetry>(engine));
        ProjectScope.Put(engine, publish);
        return publish;
    }

    /// <summary>Returns the publish of the calling task's project; begins one with defaults if there is none.</summary>
    /// <remarks>A host that does not restore the environment of a project may leave the outer build with the publish of one of its images.</remarks>
    public static ContainerPublish Of(IBuildEngine10 engine) =>
        ProjectScope.Find<ContainerPublish>(engine) is { } publish && publish.IsInner == IsInner(engine.GetGlobalProperties())
            ? publish
            : Begin(engine, PublishSettings.Default);

    /// <summary>
    /// Whether this is the build of one image of several: the SDK builds the project itself with the tags of the image as a global property, and
    /// since 10.0 with one that says so, also where there are no tags.
    /// </summary>
    public static bool IsInner(IReadOnlyDictionary<string, string> globalProperties) =>
        globalProperties.ContainsKey("_IsMultiRIDBuild") || (globalProperties.TryGetValue("_ContainerImageTags", out string? tags) && tags.Length > 0);
}
