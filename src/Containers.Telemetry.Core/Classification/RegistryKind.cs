using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Classification;

/// <summary>Whose registry an image is pulled from or pushed to, by the names of the SDK's <c>RemotePullType</c> and <c>RemotePushType</c>.</summary>
public enum RegistryKind
{
    Azure,
    AWS,
    Google,
    GitHub,
    DockerHub,

    /// <summary>The Microsoft Container Registry, also as operated in China.</summary>
    MCR,

    /// <summary>Any other registry, or text that does not name one.</summary>
    Other,
}

/// <summary>The names of each <see cref="RegistryKind"/>, as in the SDK.</summary>
public static class RegistryKindNames
{
    /// <summary>The names in the order of <see cref="RegistryKind"/>.</summary>
    public static readonly string[] All = Enum.GetNames(typeof(RegistryKind));

    public static string Of(RegistryKind kind) => All[(int)kind];
}

/// <summary>The names of the places of an image outside of registries.</summary>
public static class LocalKindNames
{
    private const string MacOSContainer = "MacOSContainer";
    private const string Wslc = "Wslc";

    // The name of any other runtime in the telemetry of the .NET 11 SDK.
    private const string Unknown = "Unknown";

    /// <summary>The container runtimes as the SDK's <c>LocalRegistry</c> names them, and the archive.</summary>
    public static readonly string[] All = ["Docker", "Podman", "Tarball", Wslc, MacOSContainer];

    /// <summary>The names in the SDK's telemetry, in the order of <see cref="All"/>.</summary>
    public static readonly string[] InSdkTelemetry = ["Docker", "Podman", "Tarball", Unknown, Unknown];

    /// <summary>Returns the runtime that the SDK found, from its telemetry and from the one system on which it looks for each new runtime.</summary>
    /// <param name="name">A value of the SDK's <c>LocalPushType</c>, or null.</param>
    /// <param name="system">The system that the SDK runs on.</param>
    public static string? FromSdkTelemetry(string? name, OSFamily system) => (name, system) switch
    {
        (Unknown, OSFamily.Windows) => Wslc,
        (Unknown, OSFamily.MacOS) => MacOSContainer,
        _ => name,
    };
}

/// <summary>Classifies a registry by its host: an exact name, or a suffix of whole labels, so that <c>evilazurecr.io</c> does not pass.</summary>
internal static class RegistryClassifier
{
    private static readonly string[] AzureSuffixes =
    [
        ".azurecr.io",
        ".azurecr.cn",
        ".azurecr.us",
        ".azurecr.de",
        ".azurecr.eaglex.ic.gov",
        ".azurecr.microsoft.scloud",
        ".azurecr.sovcloud-azure.de",
        ".azurecr.sovcloud-azure.fr",
        ".azurecr-test.io",
    ];

    private static readonly string[] McrDataSuffixes = [".data.mcr.microsoft.com", ".data.mcr.azure.cn"];

    /// <summary>Classifies a registry as a user types it. Never throws and never allocates.</summary>
    /// <param name="authority"><c>host</c> or <c>host:port</c> in any case, also with a trailing dot, or with <c>https://</c> and a path.</param>
    /// <returns><see cref="RegistryKind.Other"/> for an unknown or invalid authority, or one with user information.</returns>
    public static RegistryKind Classify(ReadOnlySpan<char> authority)
    {
        Span<char> buffer = stackalloc char[RegistryAuthority.MaxHostLength];
        if (!RegistryAuthority.TryNormalize(RegistryAuthority.WithoutSchemeAndPath(authority), buffer, out ReadOnlySpan<char> host, out _))
        {
            return RegistryKind.Other;
        }

        RegistryKind kind = ClassifyExact(host);
        return kind == RegistryKind.Other ? ClassifyBySuffix(host) : kind;
    }

    private static RegistryKind ClassifyExact(ReadOnlySpan<char> host) => host switch
    {
        MicrosoftBaseImages.Registry or "mcr.azure.cn" or "mcr.azk8s.cn" => RegistryKind.MCR,
        "docker.io" or "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" or "hub.docker.com"
            => RegistryKind.DockerHub,
        "ghcr.io" or "docker.pkg.github.com" => RegistryKind.GitHub,
        "public.ecr.aws" or "ecr-public.aws.com" => RegistryKind.AWS,
        "gcr.io" or "us.gcr.io" or "eu.gcr.io" or "asia.gcr.io" or "mirror.gcr.io" or "marketplace.gcr.io" or "k8s.gcr.io" or "launcher.gcr.io"
            => RegistryKind.Google,
        _ => RegistryKind.Other,
    };

    private static RegistryKind ClassifyBySuffix(ReadOnlySpan<char> host) =>
        HostName.EndsWithAny(host, AzureSuffixes) ? RegistryKind.Azure
        : IsPrivateEcr(host) ? RegistryKind.AWS
        : IsArtifactRegistry(host) ? RegistryKind.Google
        : IsGitHubTenant(host) ? RegistryKind.GitHub
        : HostName.EndsWithAny(host, McrDataSuffixes) ? RegistryKind.MCR
        : RegistryKind.Other;

    /// <summary><c>&lt;account&gt;.dkr.ecr[-fips].&lt;region&gt;.&lt;domain&gt;</c>, or with <c>dkr-ecr</c> on the dual-stack domains.</summary>
    private static bool IsPrivateEcr(ReadOnlySpan<char> host)
    {
        const int AccountDigits = 12;
        if (host.Length <= AccountDigits || host[AccountDigits] != '.' || !DottedNumber.IsDigits(host[..AccountDigits]))
        {
            return false;
        }

        ReadOnlySpan<char> service = host[(AccountDigits + 1)..];
        if (HostName.TrySkip(ref service, "dkr.ecr.") || HostName.TrySkip(ref service, "dkr.ecr-fips."))
        {
            return HostName.AfterFirstLabel(service) is "amazonaws.com" or "amazonaws.com.cn" or "amazonaws.eu"
                or "sc2s.sgov.gov" or "c2s.ic.gov" or "cloud.adc-e.uk" or "csp.hci.ic.gov";
        }

        return (HostName.TrySkip(ref service, "dkr-ecr.") || HostName.TrySkip(ref service, "dkr-ecr-fips."))
            && HostName.AfterFirstLabel(service) is "on.aws" or "on.amazonwebservices.com.cn" or "on.amazonwebservices.eu";
    }

    /// <summary>
    /// <c>&lt;location&gt;-docker.pkg.dev</c> with one label before the domain, the same of the sovereign cloud S3NS, and the regional
    /// <c>docker.&lt;region&gt;.rep.pkg.dev</c>.
    /// </summary>
    private static bool IsArtifactRegistry(ReadOnlySpan<char> host)
    {
        const string Docker = "-docker";
        int dot = host.IndexOf('.');
        return HostName.AfterFirstLabel(host) switch
        {
            "pkg.dev" or "s3nsregistry.fr" => dot > Docker.Length && host[..dot].EndsWith(Docker, StringComparison.Ordinal),
            _ => HostName.TrySkip(ref host, "docker.") && HostName.AfterFirstLabel(host) is "rep.pkg.dev",
        };
    }

    /// <summary><c>containers.&lt;tenant&gt;.ghe.com</c>: GitHub Enterprise Cloud with data residency.</summary>
    private static bool IsGitHubTenant(ReadOnlySpan<char> host) => HostName.TrySkip(ref host, "containers.") && HostName.AfterFirstLabel(host) is "ghe.com";
}
