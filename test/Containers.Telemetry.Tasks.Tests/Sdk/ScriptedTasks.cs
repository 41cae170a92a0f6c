using Microsoft.Build.Framework;

namespace Microsoft.NET.Build.Containers.Tasks;

/// <summary>
/// Replaces the SDK's task in tests that load this assembly in place of the SDK's. It finds Podman, and builds on an image of Docker Hub that its
/// latest message of high importance names. It fails to load the image, unless the image is one of several.
/// </summary>
public sealed class CreateNewImage : Microsoft.Build.Utilities.Task
{
    public bool SkipPublishing { get; set; }

    [Output]
    public string GeneratedContainerManifest { get; private set; } = "";

    public override bool Execute()
    {
        Log.LogMessage(MessageImportance.High, "Building image '{0}' with tags '{1}' on top of base image '{2}'.", "app", "1", "docker.io/library/alpine:3");
        GeneratedContainerManifest = "{}";
        if (!SkipPublishing)
        {
            BuildEngine6.LogTelemetry(
                "sdk/container/publish/error",
                new Dictionary<string, string> { ["LocalPushType"] = "Podman", ["error"] = "local_load", ["direction"] = "push" });
            Log.LogError(subcategory: null, "CONTAINER1009", helpKeyword: null, file: null, 0, 0, 0, 0, "Failed to load image from local registry.");
        }

        return SkipPublishing;
    }
}
