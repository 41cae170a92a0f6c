using System.Collections.Concurrent;
using System.Reflection;

namespace Containers.Telemetry.Observation;

/// <summary>The telemetry that the SDK's own container tasks raise. Events for an SDK have its own form, and only the kinds that it raises.</summary>
internal enum SdkTelemetry
{
    /// <summary>SDKs before 8.0.400 raise none.</summary>
    None,

    /// <summary>SDKs 8.0.400 to 8.0.404, 9.0.100 and 9.0.101 make one image at a time and report one runtime identifier.</summary>
    OneRuntime,

    /// <summary>Later SDKs report a list of runtime identifiers.</summary>
    SeveralRuntimes,
}

/// <summary>Detects the telemetry of an SDK from the content of its task assembly.</summary>
internal static class SdkTelemetryDetection
{
    private const string Namespace = "Microsoft.NET.Build.Containers";
    private const string BaseImageTask = Namespace + ".Tasks.ComputeDotnetBaseImageAndTag";

    // Boxed: the framework has compiled code for a dictionary of references, but not of an enum.
    private static readonly ConcurrentDictionary<Assembly, object> Known = new();

    /// <summary>Returns the telemetry of the SDK whose container tasks are in <paramref name="tasks"/>.</summary>
    public static SdkTelemetry Detect(Assembly tasks) => (SdkTelemetry)Known.GetOrAdd(tasks, static tasks => Find(tasks));

    private static SdkTelemetry Find(Assembly tasks) =>
        !HasTelemetryType(tasks) ? SdkTelemetry.None
        : tasks.GetType(BaseImageTask)?.GetProperty("TargetRuntimeIdentifier") is null ? SdkTelemetry.SeveralRuntimes
        : SdkTelemetry.OneRuntime;

    private static bool HasTelemetryType(Assembly tasks)
    {
        if (tasks.GetType(Namespace + ".Telemetry") is not null)
        {
            return true;
        }

        try
        {
            return Array.Exists(tasks.GetTypes(), static type => type.Name.Contains("Telemetry", StringComparison.Ordinal));
        }
        catch (ReflectionTypeLoadException e)
        {
            return Array.Exists(e.Types, static type => type?.Name.Contains("Telemetry", StringComparison.Ordinal) == true);
        }
    }
}
