using System.Text.RegularExpressions;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Takes out of a log, or of what a publish hands on, what differs from one run to the next although the runs were the same.</summary>
/// <remarks>
/// A layer holds the times of its files, and an image the time at which it was made, so digests and sizes differ each time.
/// </remarks>
public sealed partial class LogNormalizer(PublishResult result)
{
    public string Normalize(string text)
    {
        text = text
            .Replace(result.ProjectFolder, "{repository}", StringComparison.Ordinal)
            .Replace(result.Home, "{home}", StringComparison.Ordinal);
        text = RuntimeFrame().Replace(text, "");
        text = Line().Replace(text, "");
        text = Digest().Replace(text, "{digest}");
        text = Size().Replace(text, "{size}");
        text = Guid().Replace(text, "{guid}");
        text = Timestamp().Replace(text, "{time}");
        text = Duration().Replace(text, "{duration}");
        text = LoopbackPort().Replace(text, "$1:{port}");
        return TemporaryFile().Replace(text, "{temporary file}");
    }

    // The runtime's asynchronous methods leave a frame or not, and a mark behind it or not, as they had to wait or not.
    [GeneratedRegex(@"^   at System\..*\n?(--- End of stack trace from previous location ---\r?\n)?", RegexOptions.Multiline)]
    private static partial Regex RuntimeFrame();

    // A method that is compiled again while it runs, as a busy one is, leaves other lines in its frames.
    [GeneratedRegex(@"(?<=\.cs):line \d+")]
    private static partial Regex Line();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\b\d+ bytes\b|(?<=content length: |""size"":)\d+")]
    private static partial Regex Size();

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-f]{32}")]
    private static partial Regex Guid();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")]
    private static partial Regex Timestamp();

    [GeneratedRegex(@"\b\d\d:\d\d:\d\d(\.\d+)?\b|\b\d+([.,]\d+)? ?(ms|s|sec|seconds)\b")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b(localhost|127\.0\.0\.1|\[::1\]):\d+")]
    private static partial Regex LoopbackPort();

    [GeneratedRegex(@"\{home\}[\\/]tmp[\\/][^\s""']+")]
    private static partial Regex TemporaryFile();
}
