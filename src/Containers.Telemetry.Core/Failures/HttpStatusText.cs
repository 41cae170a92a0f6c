using System.Diagnostics;
using System.Net;
using System.Security.Authentication;

namespace Containers.Telemetry.Failures;

/// <summary>Finds the HTTP status in a message of the SDK, which writes it as a member of <see cref="HttpStatusCode"/>.</summary>
public static class HttpStatusText
{
    // Lower statuses do not refuse a request, and their names are common words.
    private const int FirstRefusal = 400;

    /// <summary>
    /// Returns the last status named in <paramref name="text"/> with which a request is refused, or null. Members of the enumeration are not
    /// translated, so this does not depend on the language; they start with a capital letter, so a repository (always lower-case) never matches, and
    /// they are whole words, so parts of a URL, a path or an image reference do not match either.
    /// </summary>
    public static int? FindIn(string? text)
    {
        if (text is null)
        {
            return null;
        }

        int end = text.Length;
        while (end > 0)
        {
            int start = end;
            while (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]))
            {
                start--;
            }

            if (start < end && StandsAlone(text, start, end)
                && (StatusOf(text.AsSpan(start, end - start)) ?? NumberOf(text, start, end)) is { } status)
            {
                return status;
            }

            end = start == end ? end - 1 : start;
        }

        return null;
    }

    private static bool StandsAlone(string text, int start, int end) =>
        (start == 0 || !IsPartOfName(text[start - 1])) && (end == text.Length || !IsPartOfName(text[end]) || IsSentenceEnd(text, end));

    private static bool IsPartOfName(char c) => c is '/' or '\\' or '.' or ':' or '-' or '_' or '%' or '=' or '&' or '?' or '@';

    private static bool IsSentenceEnd(string text, int at) => text[at] == '.' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]));

    private static int? StatusOf(ReadOnlySpan<char> word) =>
        char.IsAsciiLetterUpper(word[0]) && Enum.TryParse(word, ignoreCase: false, out HttpStatusCode status) && (int)status >= FirstRefusal
            ? (int)status
            : null;

    /// <summary>A status that the enumeration does not have is written as a number: after a colon at the end of the message, or in quotes.</summary>
    private static int? NumberOf(string text, int start, int end)
    {
        bool isQuoted = start > 0 && end < text.Length && text[start - 1] is '\'' or '"' && text[end] == text[start - 1];
        bool isLast = end == text.Length && text.AsSpan(0, start).EndsWith(": ");
        return end - start == 3
            && (isLast || isQuoted)
            && int.TryParse(text.AsSpan(start, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            && status is >= FirstRefusal and < 600
                ? status
                : null;
    }
}

/// <summary>The SDK's way to a registry that is configured as insecure: HTTPS first, then HTTP.</summary>
internal static class HttpFallBack
{
    /// <summary>
    /// Returns the failure of HTTP that came after the given failure of HTTPS, or null. When both fail the SDK throws the first again, although the
    /// registry spoke no TLS, so that only HTTP could work.
    /// </summary>
    /// <param name="exception">The last exception of the SDK.</param>
    /// <param name="newestFirst">All exceptions before the failure, newest first.</param>
    public static Exception? FailureAfter(Exception exception, IReadOnlyList<Exception> newestFirst) =>
        IsHttpsToPlainHttp(exception)
            ? newestFirst.FirstOrDefault(other => other is HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError })
            : null;

    // A handshake that fails in TLS has a cause. With a fallback to HTTP, certificates are not checked.
    private static bool IsHttpsToPlainHttp(Exception exception) =>
        exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.SecureConnectionError,
            InnerException: not AuthenticationException { InnerException: not null },
        }
        && new StackTrace(exception, fNeedFileInfo: false).ToString().Contains("FallbackToHttpMessageHandler.", StringComparison.Ordinal);
}
