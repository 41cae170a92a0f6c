using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Publishing;

/// <summary>Measures an image by its manifest.</summary>
internal static class ImageContents
{
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    private const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Sets format, size and number of layers; nothing for an empty or unknown manifest.</summary>
    /// <param name="containerEvent">The event of the image.</param>
    /// <param name="manifest">The manifest; empty for none.</param>
    /// <param name="mediaType">The type of the manifest. SDKs that make one image at a time do not report it; then the manifest's own counts.</param>
    public static void Add(ContainerEvent containerEvent, string manifest, string mediaType)
    {
        SetFormat(containerEvent, mediaType);
        if (manifest.Length == 0)
        {
            return;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(manifest);
            long size = SizeOf(document.RootElement.GetProperty("config"));
            int layers = 0;
            foreach (JsonElement layer in document.RootElement.GetProperty("layers").EnumerateArray())
            {
                size = checked(size + SizeOf(layer));
                layers++;
            }

            containerEvent.Set(DetailFields.ImageSize, size);
            containerEvent.Set(DetailFields.LayerCount, layers);
            if (mediaType.Length == 0 && document.RootElement.TryGetProperty("mediaType", out JsonElement ofManifest))
            {
                SetFormat(containerEvent, ofManifest.GetString());
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            // A manifest of another form is not measured.
        }
    }

    private static void SetFormat(ContainerEvent containerEvent, string? mediaType) =>
        containerEvent.Set(DetailFields.ImageFormat, mediaType switch
        {
            OciManifest => "OCI",
            DockerManifest => "Docker",
            _ => null,
        });

    private static long SizeOf(JsonElement descriptor) => checked((long)descriptor.GetProperty("size").GetUInt64());
}
