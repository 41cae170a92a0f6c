using System.Reflection;

namespace Containers.Telemetry.Observation;

/// <summary>
/// Gives a task of the SDK the environment of MSBuild's multithreadable tasks. Our task is not one, so MSBuild runs it with the current folder and
/// the environment variables of the project, and the SDK's task gets these.
/// </summary>
internal static class SdkTaskEnvironment
{
    // The oldest MSBuild that this package supports has no such type.
    private const string MultiThreadableTask = "Microsoft.Build.Framework.IMultiThreadableTask";

    /// <summary>Sets the environment of a task that needs one and has none.</summary>
    public static void Provide(ITask task)
    {
        try
        {
            PropertyInfo? environment = task.GetType().GetInterface(MultiThreadableTask)?.GetProperty("TaskEnvironment");
            if (environment is not null && environment.GetValue(task) is null)
            {
                environment.SetValue(task, environment.PropertyType.GetProperty("Fallback", BindingFlags.Public | BindingFlags.Static)?.GetValue(null));
            }
        }
        catch (Exception)
        {
            // The types of this MSBuild differ. The task runs without.
        }
    }
}
