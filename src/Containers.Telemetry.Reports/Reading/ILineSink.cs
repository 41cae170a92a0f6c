namespace Containers.Telemetry.Reports.Reading;

/// <summary>Receives the lines of files. The number of the line is <see cref="FileSection.Lines"/>.</summary>
internal interface ILineSink
{
    /// <param name="section">The section that it begins in.</param>
    /// <param name="line">The line without its end; good until the call returns.</param>
    /// <param name="isTorn">Whether the file ends before the line does.</param>
    void Line(FileSection section, ReadOnlySpan<byte> line, bool isTorn);

    /// <summary>Receives the notice of a line that is too long to read.</summary>
    void TooLong(FileSection section);
}
