namespace Microsoft.NET.Build.Containers;

// The classifier knows the SDK's exceptions by namespace and name alone; these are stand-ins.
internal sealed class BaseImageNotFoundException : Exception;

internal sealed class ContainerHttpException(string message) : Exception(message);

internal sealed class CredentialRetrievalException(Exception? inner = null) : Exception("", inner);

internal sealed class DockerLoadException : Exception;

internal sealed class InvalidAuthResponseException : Exception;

internal sealed class InvalidDigestException : Exception;

internal sealed class RepositoryNotFoundException : Exception;

internal sealed class UnableToAccessRepositoryException : Exception;

internal sealed class UnableToDownloadFromRepositoryException : Exception;
