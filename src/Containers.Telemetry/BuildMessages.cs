using Containers.Telemetry.Output;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;
using Microsoft.Build.Framework;

namespace Containers.Telemetry;

/// <summary>The messages of this package in a build.</summary>
internal static class BuildMessages
{
    private const string Sender = "Containers.Telemetry";

    public static void Log(IBuildEngine engine, string text, MessageImportance importance) =>
        engine.LogMessageEvent(new BuildMessageEventArgs(HarmlessText.Line(text), helpKeyword: null, Sender, importance));

    /// <summary>Warns about a setting that cannot be used. The targets see to it that no such warning becomes an error.</summary>
    public static void Warn(IBuildEngine engine, SettingProblem problem) =>
        engine.LogWarningEvent(new BuildWarningEventArgs(subcategory: null, problem.Code, engine.ProjectFileOfTaskNode, engine.LineNumberOfTaskNode, engine.ColumnNumberOfTaskNode, 0, 0, HarmlessText.Line(problem.Text), helpKeyword: null, Sender));

    /// <summary>Logs an error at the task that is running.</summary>
    public static void LogError(IBuildEngine engine, string code, string text) =>
        engine.LogErrorEvent(new BuildErrorEventArgs(subcategory: null, code, engine.ProjectFileOfTaskNode, engine.LineNumberOfTaskNode, engine.ColumnNumberOfTaskNode, 0, 0, HarmlessText.Line(text), helpKeyword: null, Sender));

    /// <summary>
    /// Says, at low importance and once a build, that something of ours went wrong: in the closed words of a <see cref="StoreException"/>, else
    /// by the type of the exception alone, since its text may hold a path.
    /// </summary>
    /// <param name="engine">The build; null when it takes no message any more.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="what">What could not be done because of it: the end of a sentence that begins with the package's name.</param>
    public static void LogFault(IBuildEngine? engine, Exception exception, string what = "could not observe this publish")
    {
        try
        {
            if (engine is not null && IsFirst(engine, what))
            {
                Log(engine, $"Containers.Telemetry {what}{Describe(exception)} The publish itself is not affected.", MessageImportance.Low);
            }
        }
        catch (Exception)
        {
            // Do not disturb a build that takes no more messages.
        }
    }

    // The message of any other exception may hold a path.
    private static string Describe(Exception exception) => exception is StoreException ? ": " + exception.Message : $" ({exception.GetType().Name}).";

    private static bool IsFirst(IBuildEngine engine, string what)
    {
        if (engine is not IBuildEngine4 registry)
        {
            return true;
        }

        try
        {
            string key = typeof(BuildMessages).FullName + "." + what;
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
