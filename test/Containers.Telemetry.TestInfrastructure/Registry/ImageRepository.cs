using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The content of one repository.</summary>
internal sealed class ImageRepository
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredManifest> _manifests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tags = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Tags => [.. _tags.Keys.Order(StringComparer.Ordinal)];

    public string AddBlob(byte[] content)
    {
        string digest = Digest.Of(content);
        AddBlob(digest, content);
        return digest;
    }

    public void AddBlob(string digest, byte[] content) => _blobs[digest] = content;

    public void AddManifest(StoredManifest manifest, string reference)
    {
        _manifests[manifest.Digest] = manifest;

        if (!Digest.IsDigest(reference))
        {
            _tags[reference] = manifest.Digest;
        }
    }

    public bool TryGetBlob(string digest, [NotNullWhen(true)] out byte[]? content) => _blobs.TryGetValue(digest, out content);

    public bool TryGetManifest(string reference, [NotNullWhen(true)] out StoredManifest? manifest) =>
        _manifests.TryGetValue(_tags.GetValueOrDefault(reference, reference), out manifest);

    public bool Contains(string digest) => _blobs.ContainsKey(digest) || _manifests.ContainsKey(digest);
}
