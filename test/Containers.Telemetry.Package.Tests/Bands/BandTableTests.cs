using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>Compares the table of bands with a real SDK: the installed one, or the one that a variable names.</summary>
[TestClass]
public sealed class BandTableTests
{
    private const string Variable = "CONTAINERS_TELEMETRY_TEST_SDK";

    private static readonly string Sdk = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : InstalledSdk.Folder;

    /// <summary>Fails if an SDK has something that the table lacks. docs/sdks.md says how to add it.</summary>
    [TestMethod]
    public void SDK_is_in_the_table()
    {
        (Band band, IReadOnlyList<string> differences) = ContainerShape.Compare(Sdk);

        Assert.IsEmpty(differences, $"{Sdk} is like no band of the table. From {band} it differs in:\n{string.Join('\n', differences)}\n");
    }
}
