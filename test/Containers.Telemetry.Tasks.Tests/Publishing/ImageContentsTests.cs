using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Publishing;

[TestClass]
public sealed class ImageContentsTests
{
    private const string Oci = "application/vnd.oci.image.manifest.v1+json";

    [TestMethod]
    [DataRow(Oci, "OCI")]
    [DataRow("application/vnd.docker.distribution.manifest.v2+json", "Docker")]
    public void Add_Manifest_MeasuresConfigurationAndLayers(string mediaType, string format)
    {
        ContainerEvent measured = Measure(
            """{"schemaVersion":2,"config":{"size":1048576},"layers":[{"size":2097152},{"size":31457280,"digest":"sha256:0"}]}""", mediaType);

        Assert.AreEqual(format, measured.Find(DetailFields.ImageFormat));
        Assert.AreEqual(33L << 20, measured.Find(DetailFields.ImageSize));
        Assert.AreEqual(2L, measured.Find(DetailFields.LayerCount));
    }

    [TestMethod]
    public void Add_ImageWithoutLayers_IsMeasured()
    {
        ContainerEvent measured = Measure("""{"config":{"size":100},"layers":[]}""", Oci);

        Assert.AreEqual(1L << 20, measured.Find(DetailFields.ImageSize));
        Assert.AreEqual(0L, measured.Find(DetailFields.LayerCount));
    }

    [TestMethod]
    [DataRow("\"application/vnd.oci.image.manifest.v1+json\"", "OCI")]
    [DataRow("\"application/vnd.docker.distribution.manifest.v2+json\"", "Docker")]
    [DataRow("\"application/vnd.contoso.secret+json\"", null)]
    [DataRow("null", null)]
    [DataRow("7", null)]
    public void Add_NoMediaType_TakesTheOneInTheManifest(string ofManifest, string? format)
    {
        ContainerEvent measured = Measure($$"""{"mediaType":{{ofManifest}},"config":{"size":100},"layers":[]}""", mediaType: "");

        Assert.AreEqual(format, measured.Find(DetailFields.ImageFormat));
        Assert.AreEqual(1L << 20, measured.Find(DetailFields.ImageSize));
    }

    [TestMethod]
    public void Add_UnknownMediaType_IsNotNamed() => Assert.IsNull(Measure("", "application/vnd.contoso.secret+json").Find(DetailFields.ImageFormat));

    [TestMethod]
    [DataRow("")]
    [DataRow("<html>")]
    [DataRow("null")]
    [DataRow("7")]
    [DataRow("\"text\"")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"config":{"size":1}}""")]
    [DataRow("""{"layers":[{"size":1}]}""")]
    [DataRow("""{"config":null,"layers":[]}""")]
    [DataRow("""{"config":{"size":1},"layers":{}}""")]
    [DataRow("""{"config":{"size":1},"layers":[1]}""")]
    [DataRow("""{"config":{"size":1},"layers":[{}]}""")]
    [DataRow("""{"config":{"size":1},"layers":[{"size":"1"}]}""")]
    [DataRow("""{"config":{"size":1},"layers":[{"size":1.5}]}""")]
    [DataRow("""{"config":{"size":1},"layers":[{"size":99999999999999999999}]}""")]
    [DataRow("""{"config":{"size":-1},"layers":[{"size":5}]}""")]
    [DataRow("""{"config":{"size":9223372036854775807},"layers":[{"size":9223372036854775807},{"size":7}]}""")]
    [DataRow("""{"config":{"size":1},"layers":[{"size":1}]} trailing""")]
    public void Add_ManifestOfAnotherShape_IsNotMeasured(string manifest)
    {
        ContainerEvent measured = Measure(manifest, Oci);

        Assert.IsNull(measured.Find(DetailFields.ImageSize));
        Assert.IsNull(measured.Find(DetailFields.LayerCount));
    }

    [TestMethod]
    public void Add_DeepManifest_IsNotMeasured() =>
        Assert.IsNull(Measure(new string('[', 100_000), Oci).Find(DetailFields.ImageSize));

    private static ContainerEvent Measure(string manifest, string mediaType)
    {
        var measured = new ContainerEvent(EventNames.Success);
        ImageContents.Add(measured, manifest, mediaType);
        return measured;
    }
}
