namespace Containers.Telemetry.Failures;

/// <summary>The exception types that may be named in an event.</summary>
public static class ExceptionTypes
{
    public static readonly string[] Names =
    [
        "AggregateException",
        "ApplicationException",
        "ArgumentException",
        "ArgumentNullException",
        "AuthenticationException",
        "BaseImageNotFoundException",
        "ContainerHttpException",
        "CredentialRetrievalException",
        "DirectoryNotFoundException",
        "DockerLoadException",
        "FileNotFoundException",
        "FormatException",
        "HttpIOException",
        "HttpRequestException",
        "InvalidAuthResponseException",
        "InvalidDigestException",
        "InvalidOperationException",
        "IOException",
        "JsonException",
        "KeyNotFoundException",
        "NotImplementedException",
        "NotSupportedException",
        "NullReferenceException",
        "OperationCanceledException",
        "OutOfMemoryException",
        "PathTooLongException",
        "RepositoryNotFoundException",
        "SocketException",
        "TaskCanceledException",
        "TimeoutException",
        "UnableToAccessRepositoryException",
        "UnableToDownloadFromRepositoryException",
        "UnauthorizedAccessException",
        "UriFormatException",
    ];

    /// <summary>Returns the name of the type of <paramref name="exception"/>, or of its nearest base type on the list; null when there is none.</summary>
    public static string? NameOf(Exception? exception)
    {
        for (Type? type = exception?.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (Array.IndexOf(Names, type.Name) is >= 0 and var index)
            {
                return Names[index];
            }
        }

        return null;
    }
}
