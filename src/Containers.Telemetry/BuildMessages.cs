using Microsoft.Build.Framework;

namespace Containers.Telemetry.Publishing;

/// <summary>What this package says in a build of its own accord.</summary>
internal static class BuildMessages
{
    private const string Sender = "Containers.Telemetry";

    /// <summary>Logs a message.</summary>
    public static void Log(IBuildEngine engine, string text, MessageImportance importance) =>
        engine.LogMessageEvent(new BuildMessageEventArgs(text, helpKeyword: null, Sender, importance));

    /// <summary>
    /// Says, at low importance and once a build, that something of ours went wrong. Names the type of the exception, never its text.
    /// </summary>
    public static void LogFault(IBuildEngine engine, Exception exception)
    {
        try
        {
            if (IsFirstFault(engine))
            {
                Log(engine, $"Containers.Telemetry could not observe this publish ({exception.GetType().Name}). The publish itself is not affected.", MessageImportance.Low);
            }
        }
        catch (Exception)
        {
            // A build that takes no message any more is no reason to disturb it.
        }
    }

    private static bool IsFirstFault(IBuildEngine engine)
    {
        if (engine is not IBuildEngine4 registry)
        {
            return true;
        }

        try
        {
            string key = typeof(BuildMessages).FullName + ".Fault";
            if (registry.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not null)
            {
                return false;
            }

            registry.RegisterTaskObject(key, key, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }
        catch (Exception)
        {
            // Where nothing can be kept, each fault counts as the first.
        }

        return true;
    }
}
