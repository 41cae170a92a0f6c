using System.Text.RegularExpressions;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Takes out of a log what differs from one run to the next although the runs were the same.</summary>
/// <remarks>
/// Digests become numbers in the order of their first appearance: an image holds the time at which it was made, but whether two digests are
/// the same is still compared.
/// </remarks>
internal sealed partial class LogNormalizer(PublishResult result)
{
    private readonly Dictionary<string, int> _digests = new(StringComparer.Ordinal);

    public string Normalize(string text)
    {
        text = text
            .Replace(result.ProjectFolder, "{repository}", StringComparison.Ordinal)
            .Replace(result.Home, "{home}", StringComparison.Ordinal);
        text = Digest().Replace(text, match => $"{{digest {NumberOf(match.Value)}}}");
        text = Guid().Replace(text, "{guid}");
        text = Timestamp().Replace(text, "{time}");
        text = Duration().Replace(text, "{duration}");
        text = LoopbackPort().Replace(text, "$1:{port}");
        return TemporaryFile().Replace(text, "{temporary file}");
    }

    private int NumberOf(string digest)
    {
        if (!_digests.TryGetValue(digest, out int number))
        {
            _digests.Add(digest, number = _digests.Count + 1);
        }

        return number;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();

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
