using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Containers.Telemetry.Failures;

/// <summary>The evidence in an exception. Only types, codes and statuses are read, never the words of a message.</summary>
internal static class ExceptionEvidence
{
    private const string SdkNamespace = "Microsoft.NET.Build.Containers";

    // COR_E_IO: an IOException without a system error. Those of the file system have the system's error number.
    private const int HResultOfPlainIOException = unchecked((int)0x80131620);

    /// <summary>Whether the exception only reports that a blob could not be downloaded, so that the exception before it has the reason.</summary>
    public static bool IsDownloadReport(Exception exception) => IsSdkType(exception, "UnableToDownloadFromRepositoryException");

    /// <summary>
    /// Whether docker or podman failed. For an image that is not meant for them, the SDK only asked whether they call the registry insecure, and overcame the
    /// failure and all before it.
    /// </summary>
    public static bool IsOfDaemon(Exception exception) => IsSdkType(exception, "DockerLoadException");

    /// <summary>Whether the exception only reports that a registry refused a request, with or without the status.</summary>
    public static bool IsRefusal(Exception exception) =>
        IsRefusedAccess(exception) || IsSdkType(exception, "ContainerHttpException") || IsSdkType(exception, "RepositoryNotFoundException");

    /// <summary>Whether the exception only reports that a registry refused access: the SDK has one for a 401, a 403 and any refusal of a token.</summary>
    public static bool IsRefusedAccess(Exception exception) => IsSdkType(exception, "UnableToAccessRepositoryException");

    /// <summary>Returns the kind of error of an exception and its causes; null when they have no evidence.</summary>
    /// <remarks>The outermost exception with evidence wins, but the causes of a failed HTTP request precede the request itself.</remarks>
    public static ErrorKind? KindOf(Exception exception)
    {
        ErrorKind? ofRequest = null;
        bool isOfConnection = false;
        for (Exception? e = exception; e is not null; e = CauseOf(e))
        {
            if (e is HttpRequestException request)
            {
                ofRequest ??= KindOfRequest(request);
            }
            else if (KindOfSingle(e) is { } kind)
            {
                return kind;
            }

            isOfConnection |= IsOfConnection(e);
        }

        return ofRequest ?? (isOfConnection ? ErrorKind.ConnectionLost : null);
    }

    /// <summary>The HTTP status of a registry's answer, as an exception carries it; null for none. A proxy's answer is not the registry's.</summary>
    public static int? HttpStatusOf(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = CauseOf(e))
        {
            if (e is HttpRequestException { StatusCode: { } status, HttpRequestError: not HttpRequestError.ProxyTunnelError })
            {
                return (int)status;
            }

            if (IsSdkType(e, "ContainerHttpException") || (e.GetType() == typeof(ApplicationException) && ErrorCodes.FindIn(e.Message) is not null))
            {
                return HttpStatusText.FindIn(e.Message);
            }
        }

        return null;
    }

    /// <summary>Returns the diagnostic code in the message of an exception or of one of its causes; null when there is none.</summary>
    public static string? CodeOf(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = CauseOf(e))
        {
            // The message of a file system error contains a path, which may contain anything.
            if (e is not (IOException or UnauthorizedAccessException) && ErrorCodes.FindIn(e.Message) is { } code)
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>Whether local I/O failed, for example a pipe, and not a connection.</summary>
    public static bool IsLocalInputOutput(Exception exception)
    {
        bool isInputOutput = false;
        for (Exception? e = exception; e is not null; e = CauseOf(e))
        {
            if (e is HttpRequestException or HttpIOException || IsOfConnection(e))
            {
                return false;
            }

            isInputOutput |= e is IOException;
        }

        return isInputOutput;
    }

    /// <summary>Maps the simple name of an exception type, as the SDK writes it at the start of some messages, to a kind.</summary>
    public static ErrorKind? KindOfTypeName(string name) => name switch
    {
        "CredentialRetrievalException" or "InvalidAuthResponseException" or "UnableToAccessRepositoryException" => ErrorKind.CredentialFailure,
        "RepositoryNotFoundException" => ErrorKind.UnknownRepository,
        "BaseImageNotFoundException" => ErrorKind.RidMismatch,
        "DockerLoadException" => ErrorKind.LocalLoad,
        "UnableToDownloadFromRepositoryException" => ErrorKind.DownloadFailed,
        _ => null,
    };

    private static ErrorKind? KindOfSingle(Exception e) => e switch
    {
        SocketException socket => KindOfSocketError(socket.SocketErrorCode),
        AuthenticationException => ErrorKind.TlsFailure,
        TimeoutException => ErrorKind.Timeout,
        HttpIOException => ErrorKind.ConnectionLost,
        JsonException => ErrorKind.InvalidManifest,
        UriFormatException => ErrorKind.InvalidRegistry,
        UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException or PathTooLongException => ErrorKind.DiskFailure,
        IOException { InnerException: null } when e.GetType() == typeof(IOException) && e.HResult != HResultOfPlainIOException => ErrorKind.DiskFailure,
        _ when IsSdkType(e, "InvalidDigestException") => ErrorKind.InvalidManifest,
        _ when e.GetType().Namespace?.StartsWith(SdkNamespace, StringComparison.Ordinal) == true => KindOfTypeName(e.GetType().Name),
        _ => null,
    };

    private static ErrorKind? KindOfRequest(HttpRequestException request) => request switch
    {
        { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } =>
            ErrorKind.RegistryUnreachable,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => ErrorKind.TlsFailure,
        { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse } =>
            ErrorKind.ConnectionLost,
        _ => null,
    };

    private static ErrorKind? KindOfSocketError(SocketError error) => error switch
    {
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected
            or SocketError.Disconnecting or SocketError.NetworkReset => ErrorKind.ConnectionLost,
        SocketError.TimedOut => ErrorKind.Timeout,
        SocketError.OperationAborted or SocketError.Interrupted => null,
        _ => ErrorKind.RegistryUnreachable,
    };

    /// <summary>Whether I/O failed on a connection, which need not be an exception of HTTP or of a socket: TLS that ends within a frame is none.</summary>
    private static bool IsOfConnection(Exception e) =>
        e is IOException
        && new StackTrace(e, fNeedFileInfo: false).ToString() is var stack
        && (stack.Contains("System.Net.Http.", StringComparison.Ordinal) || stack.Contains("System.Net.Security.", StringComparison.Ordinal));

    // Of several attempts at a request, the last one counts: the cause of an earlier failure may be gone, as with a fallback from HTTPS to HTTP.
    private static Exception? CauseOf(Exception e) =>
        e is AggregateException { InnerExceptions.Count: > 0 } several ? several.InnerExceptions[^1] : e.InnerException;

    private static bool IsSdkType(Exception e, string name)
    {
        Type type = e.GetType();
        return type.Name == name && type.Namespace?.StartsWith(SdkNamespace, StringComparison.Ordinal) == true;
    }
}

/// <summary>The exception types that may be named in an event.</summary>
public static class ExceptionTypes
{
    /// <summary>Their full names, by the semantic convention <c>exception.type</c>.</summary>
    public static readonly string[] FullNames =
    [
        "System.AggregateException",
        "System.ApplicationException",
        "System.ArgumentException",
        "System.ArgumentNullException",
        "System.Security.Authentication.AuthenticationException",
        "Microsoft.NET.Build.Containers.BaseImageNotFoundException",
        "Microsoft.NET.Build.Containers.ContainerHttpException",
        "Microsoft.NET.Build.Containers.Credentials.CredentialRetrievalException",
        "System.IO.DirectoryNotFoundException",
        "Microsoft.NET.Build.Containers.DockerLoadException",
        "System.IO.FileNotFoundException",
        "System.FormatException",
        "System.Net.Http.HttpIOException",
        "System.Net.Http.HttpRequestException",
        "Microsoft.NET.Build.Containers.InvalidAuthResponseException",
        "Microsoft.NET.Build.Containers.InvalidDigestException",
        "System.InvalidOperationException",
        "System.IO.IOException",
        "System.Text.Json.JsonException",
        "System.Collections.Generic.KeyNotFoundException",
        "System.NotImplementedException",
        "System.NotSupportedException",
        "System.NullReferenceException",
        "System.OperationCanceledException",
        "System.OutOfMemoryException",
        "System.IO.PathTooLongException",
        "Microsoft.NET.Build.Containers.RepositoryNotFoundException",
        "System.Net.Sockets.SocketException",
        "System.Threading.Tasks.TaskCanceledException",
        "System.TimeoutException",
        "Microsoft.NET.Build.Containers.UnableToAccessRepositoryException",
        "Microsoft.NET.Build.Containers.UnableToDownloadFromRepositoryException",
        "System.UnauthorizedAccessException",
        "System.UriFormatException",
    ];

    /// <summary>Their names without a namespace, in the order of <see cref="FullNames"/>.</summary>
    public static readonly string[] Names = Array.ConvertAll(FullNames, static name => name[(name.LastIndexOf('.') + 1)..]);

    /// <summary>Returns the name of the type of <paramref name="exception"/>, or of its nearest base type on the list; null when there is none.</summary>
    public static string? NameOf(Exception? exception)
    {
        for (Type? type = exception?.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (Array.IndexOf(FullNames, type.FullName) is >= 0 and var index)
            {
                return Names[index];
            }
        }

        return null;
    }
}
