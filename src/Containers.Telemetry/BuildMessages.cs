using Containers.Telemetry.Output;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry;

internal static class BuildMessages
{
    private const string Sender = "Containers.Telemetry";

    public static void Log(IBuildEngine engine, string text, MessageImportance importance) =>
        engine.LogMessageEvent(new BuildMessageEventArgs(HarmlessText.Line(text), helpKeyword: null, Sender, importance));

    /// <summary>Warns about an invalid setting. The targets keep such a warning from becoming an error.</summary>
    public static void Warn(IBuildEngine engine, SettingProblem problem) =>
        engine.LogWarningEvent(new BuildWarningEventArgs(
            subcategory: null, problem.Code, engine.ProjectFileOfTaskNode, engine.LineNumberOfTaskNode, engine.ColumnNumberOfTaskNode, 0, 0,
            HarmlessText.Line(problem.Text), helpKeyword: null, Sender));

    /// <summary>Logs an error at the task that is running.</summary>
    public static void LogError(IBuildEngine engine, string code, string text) =>
        engine.LogErrorEvent(new BuildErrorEventArgs(
            subcategory: null, code, engine.ProjectFileOfTaskNode, engine.LineNumberOfTaskNode, engine.ColumnNumberOfTaskNode, 0, 0,
            HarmlessText.Line(text), helpKeyword: null, Sender));

    /// <summary>Logs a problem at low importance, once per build: the message of a <see cref="StoreException"/>, else the exception's type alone.</summary>
    /// <param name="engine">The build; null when it accepts no messages any more.</param>
    /// <param name="what">The failed action: the end of a sentence that begins with the package's name.</param>
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
            // Do not disturb a build that accepts no more messages.
        }
    }

    // The message of any other exception may contain a path.
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
            // Without a registry of objects, each problem counts as the first.
        }

        return true;
    }
}
