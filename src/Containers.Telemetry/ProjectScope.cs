namespace Containers.Telemetry;

/// <summary>Keeps objects for the tasks of one project, for the time of the build.</summary>
/// <remarks>
/// No interface of MSBuild identifies the project to a task. But the environment belongs to the project: MSBuild saves and restores it whenever a
/// node switches projects, and transfers it to task hosts and back. So a variable holds the key. See docs/decisions/0003.
/// </remarks>
internal static class ProjectScope
{
    /// <summary>The environment variable with the key of the current project: a random identifier.</summary>
    internal const string Variable = "_CONTAINERS_TELEMETRY_PROJECT";

    /// <summary>Keeps an object, and replaces any other of its type.</summary>
    public static void Put<T>(IBuildEngine10 engine, T value)
        where T : class
    {
        string key = KeyOf<T>(Current(engine) ?? Begin(engine));
        engine.UnregisterTaskObject(key, RegisteredTaskObjectLifetime.Build);
        engine.RegisterTaskObject(key, value, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
    }

    /// <summary>Returns the object of a type, or null for none.</summary>
    public static T? Find<T>(IBuildEngine10 engine)
        where T : class =>
        Current(engine) is { } project ? engine.GetRegisteredTaskObject(KeyOf<T>(project), RegisteredTaskObjectLifetime.Build) as T : null;

    // A build that a task of another build has started inherits its variable: only a key of this build counts.
    private static string? Current(IBuildEngine10 engine) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } project
            && engine.GetRegisteredTaskObject(project, RegisteredTaskObjectLifetime.Build) is not null
            ? project
            : null;

    private static string Begin(IBuildEngine10 engine)
    {
        string project = Guid.NewGuid().ToString();
        engine.RegisterTaskObject(project, project, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        Environment.SetEnvironmentVariable(Variable, project);
        return project;
    }

    private static string KeyOf<T>(string project) => $"{typeof(T).FullName}\n{project}";
}
