using System.Text.Json;
using Containers.Telemetry.Classification;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class ErrorKindsTests
{
    [TestMethod]
    public void Names_Kinds_AreTheMembersInSnakeCaseAndInOrder()
    {
        string[] expected = [.. Enum.GetNames<ErrorKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

        CollectionAssert.AreEqual(expected, ErrorKinds.Names);
        foreach (ErrorKind kind in Enum.GetValues<ErrorKind>())
        {
            Assert.AreEqual(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), ErrorKinds.NameOf(kind));
        }
    }

    [TestMethod]
    public void Names_RegistryKinds_AreTheMembersInOrder()
    {
        CollectionAssert.AreEqual(Enum.GetNames<RegistryKind>(), RegistryKindNames.All);
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
