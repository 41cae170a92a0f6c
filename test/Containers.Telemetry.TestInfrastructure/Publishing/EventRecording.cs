using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Attaches the event recorder to a build.</summary>
public static class EventRecording
{
    // The logger type itself needs MSBuild's assemblies, which only the build has.
    private static readonly string Assembly = typeof(RecordedEvent).Assembly.Location;

    /// <summary>The command-line argument that makes MSBuild record its events in a file.</summary>
    public static string LoggerArgument(string recordFile) => $"-logger:EventRecorder,{Assembly};{recordFile}";

    /// <summary>Reads a record; a build that ended before its loggers started has none, and so no events.</summary>
    public static IReadOnlyList<RecordedEvent> Read(string recordFile) => File.Exists(recordFile) ? RecordedEvent.Read(recordFile) : [];
}
