using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Attaches the event recorder to a build.</summary>
public static class EventRecording
{
    // The logger type itself needs MSBuild's assemblies, which only the build has.
    private static readonly string Assembly = typeof(RecordedEvent).Assembly.Location;

    /// <summary>The command-line argument that makes MSBuild record its events in a file.</summary>
    public static string LoggerArgument(string recordFile) => $"-logger:EventRecorder,{Assembly};{recordFile}";
}
