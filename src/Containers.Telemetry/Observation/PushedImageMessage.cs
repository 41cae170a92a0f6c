namespace Containers.Telemetry.Observation;

/// <summary>The SDK's message that an image was pushed: <c>Pushed image 'shop:1.0' to local registry via 'docker'.</c>, in any language.</summary>
internal static class PushedImageMessage
{
    private static readonly string[] LocalRegistries = ["Docker", "Podman"];

    /// <summary>Returns the local registry in the message, as in the SDK's <c>LocalRegistry</c>; null for none, or for more than one.</summary>
    /// <param name="imageNames">Repository and tags of the image. They are ignored, since a user may name an image <c>podman</c>.</param>
    public static string? LocalRegistry(string message, IEnumerable<string> imageNames)
    {
        string rest = imageNames.Where(name => name.Length > 0).Aggregate(message, (text, name) => text.Replace(name, " ", StringComparison.Ordinal));
        string[] named = [.. LocalRegistries.Where(name => rest.Contains(name, StringComparison.OrdinalIgnoreCase))];
        return named is [string only] ? only : null;
    }
}
