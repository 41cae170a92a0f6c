namespace Microsoft.NET.Build.Containers;

// Exceptions of the SDK are known by namespace and name alone; these stand for them.
internal sealed class BaseImageNotFoundException : Exception;

internal sealed class ContainerHttpException(string message) : Exception(message);

internal sealed class CredentialRetrievalException(Exception? inner = null) : Exception("", inner);

internal sealed class DockerLoadException : Exception;

internal sealed class InvalidDigestException : Exception;

internal sealed class RepositoryNotFoundException : Exception;

internal sealed class UnableToAccessRepositoryException : Exception;

internal sealed class UnableToDownloadFromRepositoryException : Exception;

// The SDK's class of this name talks to token services.
internal static class AuthHandshakeMessageHandler
{
    public static Exception ReadToken(string answer)
    {
        try
        {
            using var token = System.Text.Json.JsonDocument.Parse(answer);
            throw new ArgumentException("The answer is JSON.", nameof(answer));
        }
        catch (System.Text.Json.JsonException e)
        {
            return e;
        }
    }
}
