using System.Text;
using Microsoft.Build.Framework;

namespace Containers.Telemetry;

/// <summary>Keeps objects for the tasks of one project, for the time of the build.</summary>
internal static class ProjectScope
{
    /// <summary>Keeps an object in place of any other of its type.</summary>
    public static void Put<T>(IBuildEngine10 engine, T value)
        where T : class
    {
        string key = KeyOf(engine, typeof(T));
        engine.UnregisterTaskObject(key, RegisteredTaskObjectLifetime.Build);
        engine.RegisterTaskObject(key, value, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
    }

    /// <summary>Returns the object of a type, or null when none was put.</summary>
    public static T? Find<T>(IBuildEngine10 engine)
        where T : class =>
        engine.GetRegisteredTaskObject(KeyOf(engine, typeof(T)), RegisteredTaskObjectLifetime.Build) as T;

    /// <summary>
    /// What two tasks of one project have in common and those of another project do not: MSBuild runs each task in the folder of its
    /// project, and tells it the global properties that the project is built with.
    /// </summary>
    private static string KeyOf(IBuildEngine10 engine, Type type)
    {
        IReadOnlyDictionary<string, string> properties = engine.GetGlobalProperties();
        var names = new List<string>(properties.Keys);
        names.Sort(StringComparer.OrdinalIgnoreCase);
        var key = new StringBuilder(type.FullName);
        key.Append('\n').Append(Environment.CurrentDirectory);
        foreach (string name in names)
        {
            key.Append('\n').Append(name).Append('=').Append(properties[name]);
        }

        return key.ToString();
    }
}
