namespace Containers.Telemetry.TestInfrastructure;

internal enum RegistryResource
{
    Unknown,
    ApiVersion,
    Token,
    Tags,
    Manifest,
    Blob,
    Upload,
}

/// <summary>The resource that a path of the OCI distribution API names.</summary>
/// <param name="Resource">The kind of resource.</param>
/// <param name="Repository">The repository, or an empty string.</param>
/// <param name="Reference">The tag, the digest or the id of the upload; empty for an upload that has not started.</param>
internal readonly record struct RegistryRoute(RegistryResource Resource, string Repository, string Reference)
{
    private const string Prefix = "/v2/";

    // The longer prefix first, because an upload's path also contains "/blobs/".
    private static readonly (string Marker, RegistryResource Resource)[] Markers =
    [
        ("/blobs/uploads/", RegistryResource.Upload),
        ("/blobs/", RegistryResource.Blob),
        ("/manifests/", RegistryResource.Manifest),
        ("/tags/", RegistryResource.Tags),
    ];

    public static RegistryRoute Parse(string path)
    {
        if (path == CredentialTable.TokenPath)
        {
            return new(RegistryResource.Token, "", "");
        }

        if (path is "/v2" or Prefix)
        {
            return new(RegistryResource.ApiVersion, "", "");
        }

        if (path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            foreach ((string marker, RegistryResource resource) in Markers)
            {
                int at = path.LastIndexOf(marker, StringComparison.Ordinal);

                if (at > Prefix.Length)
                {
                    return new(resource, path[Prefix.Length..at], path[(at + marker.Length)..]);
                }
            }
        }

        return new(RegistryResource.Unknown, "", "");
    }
}
