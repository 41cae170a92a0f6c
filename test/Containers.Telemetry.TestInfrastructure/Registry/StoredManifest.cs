using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A manifest or an index as a client pushed it, or as a test seeded it.</summary>
/// <param name="Digest">The digest of <paramref name="Content"/>.</param>
/// <param name="MediaType">One of <see cref="MediaTypes"/>, as the client declared it.</param>
/// <param name="Content">The bytes, unchanged.</param>
public sealed record StoredManifest(string Digest, string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether this is an OCI index or a Docker manifest list, so that it stands for several images.</summary>
    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    /// <summary>Reads the content.</summary>
    /// <exception cref="System.Text.Json.JsonException">The content is not JSON.</exception>
    public JsonNode Json => JsonNode.Parse(Content.Span)!;

    internal static StoredManifest Create(string mediaType, byte[] content) =>
        new(TestInfrastructure.Digest.Of(content), mediaType, content);

    /// <summary>The digests that must be in the repository before this manifest may be pushed.</summary>
    internal IEnumerable<string> References
    {
        get
        {
            JsonNode json = Json;
            IEnumerable<JsonNode?> children = json[IsIndex ? "manifests" : "layers"]?.AsArray() ?? [];
            IEnumerable<JsonNode?> descriptors = IsIndex ? children : children.Prepend(json["config"]);

            return descriptors.Select(descriptor => descriptor?["digest"]?.GetValue<string>() ?? "");
        }
    }
}
