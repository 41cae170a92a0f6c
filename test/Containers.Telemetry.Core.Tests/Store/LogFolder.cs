using System.Text;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A folder for a log; it is deleted after the test.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly string _root;

    public LogFolder(string? parent = null) => _root = parent ?? Directory.CreateTempSubdirectory("containers-telemetry-").FullName;

    /// <summary>The log's own folder; it does not exist yet.</summary>
    public string Path => Combine("data", "events");

    public IReadOnlyList<Segment> Segments => Segment.List(Path);

    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([_root, .. parts]);

    public SegmentedLog Open(TimeProvider? clock = null, SegmentedLogLimits? limits = null) =>
        new(Path, limits ?? new SegmentedLogLimits { LockWait = TimeSpan.FromSeconds(30) }, clock);

    public List<string> ReadLines() => Read().Lines;

    public (List<string> Lines, long Torn, long TooLong) Read()
    {
        using var stored = new StoredLines(Path);
        var lines = new List<string>();
        while (stored.TryRead(out ReadOnlySpan<byte> line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return (lines, stored.TornLines, stored.TooLongLines);
    }

    /// <summary>Appends a torn line to the newest segment, as a writer that was killed leaves it.</summary>
    public void Tear(string bytes) => File.AppendAllText(Segments[^1].Path, bytes);

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // Unmounting removes a mount point.
        }
    }
}
