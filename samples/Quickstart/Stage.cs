using System.Formats.Tar;
using System.Text.Json.Nodes;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Quickstart;

/// <summary>The environment of the publishes: a registry on this machine stands in for all others, behind a proxy that lets no traffic out.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string MicrosoftRegistry = "mcr.microsoft.com";
    private const string Tag = "latest";

    private readonly string _folder;
    private readonly TestCertificateAuthority _authority;
    private readonly OciRegistry _registry;
    private readonly ConnectProxy _proxy;
    private int _publishes;

    private Stage(string folder, TestCertificateAuthority authority, OciRegistry registry, ConnectProxy proxy)
    {
        _folder = folder;
        _authority = authority;
        _registry = registry;
        _proxy = proxy;
    }

    public static async Task<Stage> SetAsync(string folder, CancellationToken cancellationToken)
    {
        var authority = TestCertificateAuthority.Create(folder);
        var registry = await OciRegistry.StartAsync(cancellationToken);
        var proxy = await ConnectProxy.StartAsync(authority);
        BaseImages.SeedMicrosoft(registry, MicrosoftRegistry);
        proxy.Map(ProxyRoute.To(registry), ConnectProxy.AnyHost);
        return new(folder, authority, registry, proxy);
    }

    /// <summary>Publishes the sample once.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="publish">The way to publish it.</param>
    /// <param name="withPackage">Whether the package is on.</param>
    /// <param name="cancellationToken">Kills the publish.</param>
    public async Task<(PublishReport Report, PublishResult Result)> PublishAsync(
        SampleProject sample, SamplePublish publish, bool withPackage, CancellationToken cancellationToken)
    {
        // Each publish has a repository and a layer cache of its own, so that none finds layers of an earlier one.
        int number = ++_publishes;
        string repository = $"team/hello-{number}";
        string cache = Path.Combine(_folder, $"cache-{number}");
        string archive = Path.Combine(_folder, $"image-{number}.tar");
        if (publish.Refusal is { } refusal)
        {
            _registry.Faults.Set(repository, new Fault(FaultDirection.Push, refusal));
        }

        var result = await sample.PublishAsync(
            [
                $"-p:ContainerRepository={repository}",
                $"-p:ContainerImageTag={Tag}",
                publish.Registry is { } host ? $"-p:ContainerRegistry={host}" : $"-p:ContainerArchiveOutputPath={archive}",
                .. publish.Properties,
                .. withPackage ? (string[])[] : ["-p:ContainersTelemetry=false"],
            ],
            user => _proxy.CreateEnvironment().Aggregate(user.WithoutUnneededWork(), (all, one) => all.With(one.Key, one.Value)).With("XDG_CACHE_HOME", cache),
            cancellationToken);
        int images = publish.Registry is null ? CountInArchive(archive) : CountInRegistry(repository);
        return (PublishReport.Of(publish, result, images), result);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _registry.DisposeAsync();
        _authority.Dispose();
    }

    private int CountInRegistry(string repository)
    {
        if (!_registry.TryGetManifest(repository, Tag, out var manifest))
        {
            return 0;
        }

        return manifest.Json["manifests"] is JsonArray images ? images.Count : 1;
    }

    private static int CountInArchive(string archive)
    {
        if (!File.Exists(archive))
        {
            return 0;
        }

        using var tar = new TarReader(File.OpenRead(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == "index.json")
            {
                return JsonNode.Parse(entry.DataStream!)!["manifests"]!.AsArray().Count;
            }
        }

        return 0;
    }
}
