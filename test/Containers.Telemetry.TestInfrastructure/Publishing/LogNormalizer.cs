using System.Text.RegularExpressions;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Removes from a log and from outputs everything that differs between two runs of the same publish.</summary>
/// <remarks>Layers contain file times, and an image its time of creation, so digests and sizes differ in each run.</remarks>
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

    // An asynchronous method of the runtime leaves a stack frame, and a mark after it, only if it had to wait.
    [GeneratedRegex(@"^   at System\..*\n?(--- End of stack trace from previous location ---\r?\n)?", RegexOptions.Multiline)]
    private static partial Regex RuntimeFrame();

    // A busy method may be recompiled while it runs, which changes the line numbers in its frames.
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
