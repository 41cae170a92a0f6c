namespace Containers.Telemetry.Reports.Reading;

/// <summary>Takes the lines of files. The number of the line is <see cref="FileSection.Lines"/>.</summary>
internal interface ILineSink
{
    /// <summary>Takes a line of valid UTF-8.</summary>
    /// <param name="section">Where it begins.</param>
    /// <param name="line">The line without its end; good until the call returns.</param>
    /// <param name="isTorn">Whether the file ends before the line does.</param>
    void Line(FileSection section, ReadOnlySpan<byte> line, bool isTorn);

    /// <summary>There is a line longer than any line may be.</summary>
    void TooLong(FileSection section);

    /// <summary>There is a line that is no valid UTF-8.</summary>
    void InvalidUtf8(FileSection section);

    /// <summary>The file ends within a line that is no valid UTF-8.</summary>
    void TornTail();
}
