using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Attaches the event recorder to a build.</summary>
public static class EventRecording
{
    // Only the build has MSBuild's assemblies, which the type of the logger needs.
    private static readonly string Assembly = typeof(RecordedEvent).Assembly.Location;

    /// <summary>The command-line argument that makes MSBuild record its events in a file.</summary>
    public static string LoggerArgument(string recordFile) => $"-logger:EventRecorder,{Assembly};{recordFile}";

    /// <summary>Reads a record; no events if the build ended before its loggers started.</summary>
    public static IReadOnlyList<RecordedEvent> Read(string recordFile) => File.Exists(recordFile) ? RecordedEvent.Read(recordFile) : [];
}
