using Containers.Telemetry.Delivery;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Publishing;

/// <summary>Where the tasks of one publish meet.</summary>
internal static class Publishes
{
    /// <summary>Begins a publish of the project that the calling task belongs to.</summary>
    public static ContainerPublish Begin(IBuildEngine10 engine, PublishSettings settings)
    {
        var publish = new ContainerPublish(settings, IsInner(engine.GetGlobalProperties()), ProjectScope.Find<ProjectTelemetry>(engine));
        ProjectScope.Put(engine, publish);
        return publish;
    }

    /// <summary>Returns the publish of the project that the calling task belongs to. When none was begun, it begins now, with defaults.</summary>
    public static ContainerPublish Of(IBuildEngine10 engine) => ProjectScope.Find<ContainerPublish>(engine) ?? Begin(engine, PublishSettings.Default);

    /// <summary>The SDK builds each image of several as the project itself with these two set.</summary>
    public static bool IsInner(IReadOnlyDictionary<string, string> globalProperties) =>
        IsSet(globalProperties, "_IsSingleRIDBuild", bool.TrueString) && IsSet(globalProperties, "_IsMultiRIDBuild", bool.FalseString);

    private static bool IsSet(IReadOnlyDictionary<string, string> properties, string name, string value) =>
        properties.TryGetValue(name, out string? actual) && string.Equals(actual, value, StringComparison.OrdinalIgnoreCase);
}
