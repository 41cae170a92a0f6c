namespace Containers.Telemetry.Endpoints;

/// <summary>The parts of an endpoint's URL that may be shown and kept. Some services have a token in its path.</summary>
internal static class EndpointUrl
{
    private const string HiddenPath = "/***";

    // The words that services have in the paths of their OTLP endpoints. All others may be a token or a customer's name.
    private static readonly string[] PlainWords =
        ["api", "collector", "default", "ingest", "insert", "intake", "logs", "metrics", "opentelemetry", "otlp", "public", "telemetry", "traces", "v1", "v2", "v3"];

    /// <summary>The scheme and the server alone.</summary>
    public static string ServerOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The URL without a user's name, password, query or fragment, and without a path that has other words than those that services use.</summary>
    public static string WithoutSecrets(Uri address) =>
        IsPlain(address.AbsolutePath) ? ServerOf(address) + address.AbsolutePath : ServerOf(address) + HiddenPath;

    private static bool IsPlain(string path) =>
        Array.TrueForAll(path.Split('/'), static word => word.Length == 0 || PlainWords.Contains(word, StringComparer.OrdinalIgnoreCase));
}
