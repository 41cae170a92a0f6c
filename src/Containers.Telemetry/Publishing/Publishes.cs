using System.Text;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Publishing;

/// <summary>Where the tasks of one publish meet: an object registered with the build, for the time of the build.</summary>
internal static class Publishes
{
    /// <summary>Begins a publish of the project that the calling task belongs to.</summary>
    public static ContainerPublish Begin(IBuildEngine10 engine, PublishSettings settings)
    {
        string key = KeyOf(engine, out bool isInner);
        var publish = new ContainerPublish(settings, isInner);
        engine.UnregisterTaskObject(key, RegisteredTaskObjectLifetime.Build);
        engine.RegisterTaskObject(key, publish, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return publish;
    }

    /// <summary>Returns the publish of the project that the calling task belongs to. When none was begun, it begins now, with defaults.</summary>
    public static ContainerPublish Of(IBuildEngine10 engine)
    {
        string key = KeyOf(engine, out _);
        return engine.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) as ContainerPublish ?? Begin(engine, PublishSettings.Default);
    }

    /// <summary>
    /// What two tasks of one project have in common and those of another project do not: MSBuild runs each task in the folder of its
    /// project, and tells it the global properties that the project is built with.
    /// </summary>
    private static string KeyOf(IBuildEngine10 engine, out bool isInner)
    {
        IReadOnlyDictionary<string, string> properties = engine.GetGlobalProperties();
        var names = new List<string>(properties.Keys);
        names.Sort(StringComparer.OrdinalIgnoreCase);
        var key = new StringBuilder(typeof(Publishes).FullName);
        key.Append('\n').Append(Environment.CurrentDirectory);
        foreach (string name in names)
        {
            key.Append('\n').Append(name).Append('=').Append(properties[name]);
        }

        // The SDK builds each image of several as the project itself with these two set.
        isInner = IsSet(properties, "_IsSingleRIDBuild", bool.TrueString) && IsSet(properties, "_IsMultiRIDBuild", bool.FalseString);
        return key.ToString();
    }

    private static bool IsSet(IReadOnlyDictionary<string, string> properties, string name, string value) =>
        properties.TryGetValue(name, out string? actual) && string.Equals(actual, value, StringComparison.OrdinalIgnoreCase);
}
