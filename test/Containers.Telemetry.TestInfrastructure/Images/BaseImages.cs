using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Puts small, valid base images into a registry.</summary>
/// <remarks>
/// The content depends only on the repository, the tag and the platform. The .NET SDK caches downloaded layers in the user's cache folder; a test
/// that must see the pull of a layer needs a cache of its own (<c>XDG_CACHE_HOME</c> on Linux). The SDK mounts a layer instead of pulling it if base
/// image and new image are in the same registry.
/// </remarks>
public static class BaseImages
{
    private static readonly string[] DotnetRepositories = ["dotnet/runtime", "dotnet/aspnet", "dotnet/runtime-deps"];

    private static readonly string[] NobleAndAzureLinux = ["-noble", "-noble-chiseled", "-noble-chiseled-extra", "-azurelinux3.0"];

    private static readonly (string Version, string[] Variants)[] DotnetTags =
    [
        ("8.0", ["", "-alpine", "-jammy", "-jammy-chiseled", "-jammy-chiseled-extra", .. NobleAndAzureLinux]),
        ("9.0", ["", "-alpine", .. NobleAndAzureLinux]),
        ("10.0", ["", "-alpine", .. NobleAndAzureLinux]),
    ];

    // A registry is seeded with the same 126 images before each of some thousand publishes. To compress and hash them takes 9 ms.
    private static readonly ConcurrentDictionary<(string Name, BaseImageForm Form, string Platforms), Image> Images = new();

    /// <summary>Creates an image for Linux on amd64 and arm64, with an OCI index unless another form is requested.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The name of the repository.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="form">The manifest that the tag refers to.</param>
    /// <param name="host">The only host that sees the repository, or null for all hosts.</param>
    /// <returns>The manifest that the tag refers to.</returns>
    public static StoredManifest Seed(
        OciRegistry registry,
        string repository,
        string tag,
        BaseImageForm form = BaseImageForm.OciIndex,
        string? host = null) =>
        Seed(registry, repository, tag, [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64], form, host);

    /// <summary>Creates an image for the given platforms, otherwise like the other overload.</summary>
    public static StoredManifest Seed(
        OciRegistry registry,
        string repository,
        string tag,
        IReadOnlyList<ImagePlatform> platforms,
        BaseImageForm form = BaseImageForm.OciIndex,
        string? host = null)
    {
        ImageRepository target = registry.RepositoryForSeed(host, repository);
        Image image = Images.GetOrAdd(
            ($"{repository}:{tag}", form, string.Join(' ', platforms)), static (key, platforms) => CreateImage(key.Name, platforms, key.Form), platforms);
        foreach ((string digest, byte[] content) in image.Blobs)
        {
            target.AddBlob(digest, content);
        }

        foreach (StoredManifest manifest in image.Manifests)
        {
            target.AddManifest(manifest, manifest.Digest);
        }

        target.AddManifest(image.Tagged, tag);
        return image.Tagged;
    }

    /// <summary>
    /// Creates the images that the .NET SDK infers for .NET 8, 9 and 10, with the tags of every <c>ContainerFamily</c> that Microsoft publishes for
    /// them.
    /// </summary>
    /// <param name="registry">The registry.</param>
    /// <param name="host">
    /// The only host that sees them, or null for all hosts. With <c>mcr.microsoft.com</c> a push to any other host must pull the layers, as in
    /// reality.
    /// </param>
    public static void SeedMicrosoft(OciRegistry registry, string? host = null)
    {
        foreach (string repository in DotnetRepositories)
        {
            foreach ((string version, string[] variants) in DotnetTags)
            {
                foreach (string variant in variants)
                {
                    Seed(registry, repository, version + variant, host: host);
                }
            }
        }
    }

    private static Image CreateImage(string name, IReadOnlyList<ImagePlatform> platforms, BaseImageForm form)
    {
        bool isOci = form is BaseImageForm.OciIndex or BaseImageForm.OciManifest;
        var blobs = new List<(string Digest, byte[] Content)>();
        if (form is BaseImageForm.OciManifest or BaseImageForm.DockerManifest)
        {
            StoredManifest manifest = CreateImage(name, platforms[0], isOci, blobs);
            return new(manifest, [], blobs);
        }

        StoredManifest[] manifests = [.. platforms.Select(platform => CreateImage(name, platform, isOci, blobs))];
        JsonArray entries = [.. manifests.Zip(platforms, DescribeImage)];
        return new(CreateManifest(isOci ? MediaTypes.OciIndex : MediaTypes.DockerManifestList, new() { ["manifests"] = entries }), manifests, blobs);
    }

    private static StoredManifest CreateImage(string name, ImagePlatform platform, bool isOci, List<(string Digest, byte[] Content)> blobs)
    {
        byte[] tar = CreateLayer($"{name} {platform.Os}/{platform.Architecture}{platform.Variant} {platform.OsVersion}\n");
        byte[] layer = Compress(tar);
        byte[] config = CreateConfig(platform, Digest.Of(tar));
        blobs.Add((Digest.Of(layer), layer));
        blobs.Add((Digest.Of(config), config));

        JsonObject body = new()
        {
            ["config"] = Describe(isOci ? MediaTypes.OciConfig : MediaTypes.DockerConfig, config),
            ["layers"] = new JsonArray(Describe(isOci ? MediaTypes.OciLayer : MediaTypes.DockerLayer, layer)),
        };
        return CreateManifest(isOci ? MediaTypes.OciManifest : MediaTypes.DockerManifest, body);
    }

    private static byte[] CreateLayer(string text)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text));
        using MemoryStream tar = new();

        using (TarWriter writer = new(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "etc/base-image")
            {
                DataStream = content,
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        }

        return tar.ToArray();
    }

    private static byte[] Compress(byte[] tar)
    {
        using MemoryStream compressed = new();

        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(tar);
        }

        return compressed.ToArray();
    }

    private static byte[] CreateConfig(ImagePlatform platform, string diffId)
    {
        JsonObject config = new()
        {
            ["architecture"] = platform.Architecture,
            ["os"] = platform.Os,
            ["config"] = new JsonObject { ["Env"] = new JsonArray("PATH=/usr/local/bin:/usr/bin:/bin", "APP_UID=1654") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(diffId) },
            ["history"] = new JsonArray(new JsonObject { ["created"] = "1970-01-01T00:00:00Z", ["created_by"] = "COPY etc/base-image" }),
        };

        if (platform.OsVersion is not null)
        {
            config["os.version"] = platform.OsVersion;
        }

        return Encoding.UTF8.GetBytes(config.ToJsonString());
    }

    private static JsonObject DescribeImage(StoredManifest manifest, ImagePlatform platform)
    {
        JsonObject description = new() { ["architecture"] = platform.Architecture, ["os"] = platform.Os };

        if (platform.Variant is not null)
        {
            description["variant"] = platform.Variant;
        }

        if (platform.OsVersion is not null)
        {
            description["os.version"] = platform.OsVersion;
        }

        JsonObject descriptor = Describe(manifest.MediaType, manifest.Content.Span);
        descriptor["platform"] = description;
        return descriptor;
    }

    private static JsonObject Describe(string mediaType, ReadOnlySpan<byte> content) => new()
    {
        ["mediaType"] = mediaType,
        ["size"] = content.Length,
        ["digest"] = Digest.Of(content),
    };

    private static StoredManifest CreateManifest(string mediaType, JsonObject body)
    {
        body["schemaVersion"] = 2;
        body["mediaType"] = mediaType;
        return StoredManifest.Create(mediaType, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    /// <summary>What a repository stores of an image.</summary>
    /// <param name="Tagged">The manifest that the tag refers to.</param>
    /// <param name="Manifests">The manifests of an index.</param>
    /// <param name="Blobs">Layers and configurations.</param>
    private sealed record Image(StoredManifest Tagged, IReadOnlyList<StoredManifest> Manifests, IReadOnlyList<(string Digest, byte[] Content)> Blobs);
}
