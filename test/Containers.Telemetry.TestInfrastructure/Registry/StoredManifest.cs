using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A manifest or an index that a client pushed or a test seeded.</summary>
/// <param name="Digest">The digest of <paramref name="Content"/>.</param>
/// <param name="MediaType">One of <see cref="MediaTypes"/>, as the client declared it.</param>
/// <param name="Content">The unchanged bytes.</param>
public sealed record StoredManifest(string Digest, string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether this is an OCI index or a Docker manifest list, and so stands for several images.</summary>
    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    /// <exception cref="System.Text.Json.JsonException">The content is not JSON.</exception>
    public JsonNode Json => JsonNode.Parse(Content.Span)!;

    internal static StoredManifest Create(string mediaType, byte[] content) =>
        new(TestInfrastructure.Digest.Of(content), mediaType, content);

    /// <summary>The digests that the repository must have before this manifest may be pushed.</summary>
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
