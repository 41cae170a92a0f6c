namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class PushedImageMessageTests
{
    [TestMethod]
    [DataRow("Pushed image 'shop/cart:latest' to local registry via 'docker'.", "Docker")]
    [DataRow("Pushed image 'shop/cart:latest' to local registry via 'podman'.", "Podman")]
    [DataRow("Das Image \"shop/cart:latest\" wurde über \"docker\" per Push in die lokale Registrierung übertragen.", "Docker")]
    [DataRow("イメージ 'shop/cart:latest' を 'podman' 経由でローカル レジストリにプッシュしました。", "Podman")]
    public void LocalRegistry_IsNamedInEveryLanguage(string message, string expected) =>
        Assert.AreEqual(expected, PushedImageMessage.LocalRegistry(message, ["shop/cart", "latest"]));

    [TestMethod]
    [DataRow("podman", "docker", "Pushed image 'podman:docker' to local registry via 'docker'.")]
    [DataRow("d", "o", "Pushed image 'd:o' to local registry via 'docker'.")]
    [DataRow("", "", "Pushed image 'docker:podman' to local registry via 'docker'.")]
    public void LocalRegistry_OfAnImageWithSuchAName_IsNeverTheOther(string repository, string tag, string message) =>
        Assert.AreNotEqual("Podman", PushedImageMessage.LocalRegistry(message, [repository, tag]));

    [TestMethod]
    [DataRow("")]
    [DataRow("Building image 'shop/cart' with tags 'latest' on top of base image 'registry.example/base:1'.")]
    public void LocalRegistry_OfAnotherMessage_IsNull(string message) =>
        Assert.IsNull(PushedImageMessage.LocalRegistry(message, ["shop/cart", "latest"]));
}
