using System.Text.Json;
using Containers.Telemetry.Classification;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class ErrorKindsTests
{
    // Stored events and the SDK use these names, so they must not change when a member is renamed.
    private static readonly string[] Written =
    [
        "unknown_repository", "credential_failure", "rid_mismatch", "missing_binary", "local_load",
        "registry_unreachable", "connection_lost", "timeout", "tls_failure", "registry_throttled",
        "registry_server_error", "registry_rejected", "upload_failed", "download_failed", "invalid_manifest",
        "unsupported_media_type", "invalid_base_image", "invalid_tag", "invalid_repository_name", "invalid_registry",
        "invalid_port", "invalid_image_format", "invalid_entrypoint", "invalid_configuration",
        "missing_publish_directory", "unsupported_local_registry", "unsupported_runtime_identifiers",
        "unsupported_sdk", "disk_failure", "canceled", "unfinished", "internal_error", "unknown",
    ];

    [TestMethod]
    public void Names_Kinds_AreThoseThatEventsHave()
    {
        CollectionAssert.AreEqual(Written, ErrorKinds.Names);
        foreach (ErrorKind kind in Enum.GetValues<ErrorKind>())
        {
            Assert.AreEqual(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), ErrorKinds.NameOf(kind));
        }
    }

    [TestMethod]
    public void Names_RegistryKinds_AreTheMembersInOrder()
    {
        CollectionAssert.AreEqual(new[] { "Azure", "AWS", "Google", "GitHub", "DockerHub", "MCR", "Other" }, RegistryKindNames.All);
        foreach (RegistryKind kind in Enum.GetValues<RegistryKind>())
        {
            Assert.AreEqual(kind.ToString(), RegistryKindNames.Of(kind));
        }
    }

    [TestMethod]
    public void FromSdkName_NamesOfTheSdk_AreTheFirstFiveOnly()
    {
        for (int i = 0; i < ErrorKinds.Names.Length; i++)
        {
            Assert.AreEqual(i < 5 ? (ErrorKind)i : null, ErrorKinds.FromSdkName(ErrorKinds.Names[i]), ErrorKinds.Names[i]);
        }

        Assert.IsNull(ErrorKinds.FromSdkName("Unknown_Repository"));
        Assert.IsNull(ErrorKinds.FromSdkName(null));
    }

    [TestMethod]
    public void HasDirection_Kinds_AreThoseBetweenTheBuildAndARegistry()
    {
        ErrorKind[] without = [.. Enum.GetValues<ErrorKind>().Where(kind => !ErrorKinds.HasDirection(kind))];

        CollectionAssert.AreEqual(
            new[]
            {
                ErrorKind.InvalidBaseImage, ErrorKind.InvalidTag, ErrorKind.InvalidRepositoryName, ErrorKind.InvalidRegistry, ErrorKind.InvalidPort,
                ErrorKind.InvalidImageFormat, ErrorKind.InvalidEntrypoint, ErrorKind.InvalidConfiguration, ErrorKind.MissingPublishDirectory,
                ErrorKind.UnsupportedLocalRegistry, ErrorKind.UnsupportedRuntimeIdentifiers, ErrorKind.UnsupportedSdk, ErrorKind.DiskFailure,
            },
            without);
    }
}
