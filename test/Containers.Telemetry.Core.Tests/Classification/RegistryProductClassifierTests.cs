using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class RegistryProductClassifierTests
{
    private static readonly string[] KnownHosts =
    [
        "registry.gitlab.com", "registry.contoso.gitlab-dedicated.com", "quay.io", "contoso.jfrog.io", "registry.redhat.io", "us.icr.io", "fra.ocir.io",
        "registry.cn-hangzhou.aliyuncs.com", "registry.digitalocean.com", "nvcr.io", "cgr.dev", "dhi.io", "registry1.dso.mil", "localhost",
    ];

    [TestMethod]
    [DataRow("registry.gitlab.com", RegistryProduct.GitLab)]
    [DataRow("registry.contoso.gitlab-dedicated.com", RegistryProduct.GitLab)]
    [DataRow("quay.io", RegistryProduct.Quay)]
    [DataRow("contoso.jfrog.io", RegistryProduct.JFrog)]
    [DataRow("contoso-docker.jfrog.io", RegistryProduct.JFrog)]
    [DataRow("registry.redhat.io", RegistryProduct.RedHat)]
    [DataRow("registry.access.redhat.com", RegistryProduct.RedHat)]
    [DataRow("icr.io", RegistryProduct.IBM)]
    [DataRow("private.de.icr.io", RegistryProduct.IBM)]
    [DataRow("fra.ocir.io", RegistryProduct.Oracle)]
    [DataRow("ocir.eu-frankfurt-1.oci.oraclecloud.com", RegistryProduct.Oracle)]
    [DataRow("container-registry.oracle.com", RegistryProduct.Oracle)]
    [DataRow("registry.cn-hangzhou.aliyuncs.com", RegistryProduct.Alibaba)]
    [DataRow("contoso-registry.cn-hangzhou.cr.aliyuncs.com", RegistryProduct.Alibaba)]
    [DataRow("registry.digitalocean.com", RegistryProduct.DigitalOcean)]
    [DataRow("nvcr.io", RegistryProduct.NVIDIA)]
    [DataRow("cgr.dev", RegistryProduct.Chainguard)]
    [DataRow("dhi.io", RegistryProduct.DockerHardenedImages)]
    [DataRow("registry1.dso.mil", RegistryProduct.IronBank)]
    [DataRow("QUAY.IO.:443", RegistryProduct.Quay)]
    [DataRow("https://quay.io/contoso", RegistryProduct.Quay)]
    public void Classify_HostOfAProduct_IsTheProduct(string authority, RegistryProduct expected) =>
        Assert.AreEqual(expected, RegistryProductClassifier.Classify(authority));

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("localhost:5000")]
    [DataRow("LocalHost.")]
    [DataRow("registry.localhost:5000")]
    [DataRow("127.0.0.1:5000")]
    [DataRow("127.255.1.2")]
    [DataRow("[::1]")]
    [DataRow("[::1]:5000")]
    [DataRow("[0:0:0:0:0:0:0:1]:5000")]
    [DataRow("[::ffff:127.0.0.1]")]
    public void Classify_ThisMachine_IsLoopback(string authority) =>
        Assert.AreEqual(RegistryProduct.Loopback, RegistryProductClassifier.Classify(authority));

    [TestMethod]
    [DataRow("10.0.0.1:5000")]
    [DataRow("172.16.0.1")]
    [DataRow("172.31.255.255")]
    [DataRow("192.168.1.20:443")]
    [DataRow("169.254.10.1")]
    [DataRow("http://10.0.0.1:5000/v2")]
    [DataRow("[fd12:3456::1]:5000")]
    [DataRow("[fe80::1]")]
    [DataRow("[::ffff:192.168.1.20]")]
    public void Classify_AddressThatIsNotRouted_IsAPrivateNetwork(string authority) =>
        Assert.AreEqual(RegistryProduct.PrivateNetwork, RegistryProductClassifier.Classify(authority));

    [TestMethod]
    [DataRow("")]
    [DataRow("registry.contoso.example")]
    [DataRow("gitlab.contoso.example")]
    [DataRow("harbor.contoso.example")]
    [DataRow("evilquay.io")]
    [DataRow("evil.quay.io")]
    [DataRow("jfrog.io")]
    [DataRow("eviljfrog.io")]
    [DataRow("evil.dhi.io")]
    [DataRow("localhost.contoso.example")]
    [DataRow("localhost@contoso.example")]
    [DataRow("172.15.0.1")]
    [DataRow("172.32.0.1")]
    [DataRow("192.169.0.1")]
    [DataRow("11.0.0.1")]
    [DataRow("8.8.8.8")]
    [DataRow("10")]
    [DataRow("10.0.0")]
    [DataRow("10.0.0.0.1")]
    [DataRow("10.0.0.256")]
    [DataRow("010.0.0.1")]
    [DataRow("0x0a.0.0.1")]
    [DataRow("127.0.0.1.contoso.example")]
    [DataRow("[2001:db8::1]")]
    [DataRow("[2001:db8::10.0.0.1]")]
    [DataRow("[::ffff:8.8.8.8]")]
    [DataRow("[::1")]
    [DataRow("[::1]:")]
    [DataRow("[::1]:99999")]
    [DataRow("[::1].contoso.example")]
    [DataRow("[10.0.0.1]")]
    [DataRow("::1")]
    [DataRow("[zz]")]
    [DataRow("[]")]
    public void Classify_UnknownHost_IsOther(string authority) =>
        Assert.AreEqual(RegistryProduct.Other, RegistryProductClassifier.Classify(authority));

    [TestMethod]
    public void Classify_HostOfAProduct_HasNoKindInTheSdk()
    {
        foreach (string host in KnownHosts)
        {
            Assert.AreEqual(RegistryKind.Other, RegistryClassifier.Classify(host), host);
        }
    }

    [TestMethod]
    public void Classify_KnownHostUnderAnotherDomain_IsOther() =>
        Prop.ForAll(Gen.Elements(KnownHosts).ToArbitrary(), host =>
            RegistryProductClassifier.Classify(host + ".evil.example") == RegistryProduct.Other
            && RegistryProductClassifier.Classify(host + "evil") == RegistryProduct.Other
            && RegistryProductClassifier.Classify("evil.example/" + host) == RegistryProduct.Other).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Classify_AnyText_GivesAProductAndDoesNotThrow() =>
        Prop.ForAll(
            Mutations.Of([.. KnownHosts, "https://quay.io:443/contoso", "10.0.0.1:5000", "[::1]:5000", "[fd12:3456::1]", "[::ffff:192.168.1.20]"]),
            text => Enum.IsDefined(RegistryProductClassifier.Classify(text)))
            .QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("quay.io")]
    [DataRow("contoso.jfrog.io")]
    [DataRow("https://registry.contoso.example/app")]
    public void Classify_Name_AllocatesNothing(string authority)
    {
        RegistryProductClassifier.Classify(authority);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RegistryProductClassifier.Classify(authority);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.AreEqual(0, allocated);
    }
}
