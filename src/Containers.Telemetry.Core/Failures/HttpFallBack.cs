using System.Diagnostics;
using System.Security.Authentication;

namespace Containers.Telemetry.Failures;

/// <summary>The SDK's way to a registry that is configured as insecure: HTTPS first, then HTTP.</summary>
public static class HttpFallBack
{
    /// <summary>
    /// Returns the failure of HTTP that came after the given failure of HTTPS, or null. When both fail the SDK throws the first again, although
    /// what answered HTTPS spoke no TLS, so that HTTP alone had a chance.
    /// </summary>
    /// <param name="exception">What the SDK threw last.</param>
    /// <param name="newestFirst">All that was thrown before the failure, newest first.</param>
    public static Exception? FailureAfter(Exception exception, IReadOnlyList<Exception> newestFirst) =>
        IsHttpsToPlainHttp(exception)
            ? newestFirst.FirstOrDefault(other => other is HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError })
            : null;

    // A handshake that fails in TLS has a cause. Certificates are not looked at where there is a way back to HTTP.
    private static bool IsHttpsToPlainHttp(Exception exception) =>
        exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.SecureConnectionError,
            InnerException: not AuthenticationException { InnerException: not null },
        }
        && new StackTrace(exception, fNeedFileInfo: false).ToString().Contains("FallbackToHttpMessageHandler.", StringComparison.Ordinal);
}
