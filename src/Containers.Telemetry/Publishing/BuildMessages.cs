using Microsoft.Build.Framework;

namespace Containers.Telemetry.Publishing;

/// <summary>What this package says in a build of its own accord.</summary>
internal static class BuildMessages
{
    private const string Sender = "Containers.Telemetry";

    /// <summary>Logs a message.</summary>
    public static void Log(IBuildEngine engine, string text, MessageImportance importance) =>
        engine.LogMessageEvent(new BuildMessageEventArgs(text, helpKeyword: null, Sender, importance));

    /// <summary>Says, at low importance, that something of ours went wrong. Names the type of the exception, never its text.</summary>
    public static void LogFault(IBuildEngine engine, Exception exception)
    {
        try
        {
            Log(engine, $"Containers.Telemetry could not observe this publish ({exception.GetType().Name}). The publish itself is not affected.", MessageImportance.Low);
        }
        catch (Exception)
        {
            // A build that takes no message any more is no reason to disturb it.
        }
    }
}
