namespace Containers.Telemetry.Endpoints;

/// <summary>The parts of an endpoint's URL that may be shown and stored. Some services have a token in its path.</summary>
internal static class EndpointUrl
{
    private const string HiddenPath = "/***";

    // The usual words in the paths of OTLP endpoints. Any other word may be a token or a customer's name.
    private static readonly string[] PlainWords =
    [
        "api", "collector", "default", "ingest", "insert", "intake", "logs", "metrics", "opentelemetry", "otlp", "public", "telemetry",
        "traces", "v1", "v2", "v3",
    ];

    /// <summary>Only the scheme and the server.</summary>
    public static string ServerOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The URL without a user's name, password, query or fragment, and without a path that has unusual words.</summary>
    public static string WithoutSecrets(Uri address) =>
        IsPlain(address.AbsolutePath) ? ServerOf(address) + address.AbsolutePath : ServerOf(address) + HiddenPath;

    private static bool IsPlain(string path) =>
        Array.TrueForAll(path.Split('/'), static word => word.Length == 0 || PlainWords.Contains(word, StringComparer.OrdinalIgnoreCase));
}
