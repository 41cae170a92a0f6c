using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class RegistryClassifierTests
{
    private static readonly string[] KnownHosts =
    [
        "contoso.azurecr.io", "contoso.azurecr.cn", "contoso.azurecr.us", "contoso.azurecr.de", "contoso.azurecr.eaglex.ic.gov",
        "contoso.azurecr.microsoft.scloud", "contoso.azurecr-test.io", "contoso.westeurope.data.azurecr.io",
        "contoso.westeurope.geo.azurecr.io",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com", "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
        "123456789012.dkr-ecr.eu-west-1.on.aws", "public.ecr.aws", "ecr-public.aws.com",
        "gcr.io", "eu.gcr.io", "us-central1-docker.pkg.dev", "docker.us-central1.rep.pkg.dev", "u-france-east1-docker.s3nsregistry.fr",
        "contoso.azurecr.sovcloud-azure.de", "123456789012.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu",
        "ghcr.io", "docker.pkg.github.com", "containers.contoso.ghe.com",
        "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com",
        "mcr.microsoft.com", "westeurope.data.mcr.microsoft.com", "mcr.azure.cn", "mcr.azk8s.cn",
    ];

    [TestMethod]
    [DataRow("contoso.azurecr.io")]
    [DataRow("contoso-d4e5f6.azurecr.io")]
    [DataRow("contoso.azurecr.cn")]
    [DataRow("contoso.azurecr.us")]
    [DataRow("contoso.azurecr.de")]
    [DataRow("contoso.azurecr.eaglex.ic.gov")]
    [DataRow("contoso.azurecr.microsoft.scloud")]
    [DataRow("contoso.azurecr-test.io")]
    [DataRow("contoso.westeurope.data.azurecr.io")]
    [DataRow("contoso.westeurope.geo.azurecr.io")]
    [DataRow("contoso.azurecr.sovcloud-azure.de")]
    [DataRow("contoso.azurecr.sovcloud-azure.fr")]
    [DataRow("contoso.francesouth.geo.azurecr.sovcloud-azure.fr")]
    public void Classify_AzureContainerRegistry_IsAzure(string authority) =>
        Assert.AreEqual(RegistryKind.Azure, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("123456789012.dkr.ecr.us-east-1.amazonaws.com")]
    [DataRow("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com")]
    [DataRow("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn")]
    [DataRow("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu")]
    [DataRow("123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov")]
    [DataRow("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov")]
    [DataRow("123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk")]
    [DataRow("123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov")]
    [DataRow("123456789012.dkr-ecr.eu-west-1.on.aws")]
    [DataRow("123456789012.dkr-ecr-fips.us-east-1.on.aws")]
    [DataRow("123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn")]
    [DataRow("123456789012.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu")]
    [DataRow("public.ecr.aws")]
    [DataRow("ecr-public.aws.com")]
    public void Classify_ElasticContainerRegistry_IsAws(string authority) =>
        Assert.AreEqual(RegistryKind.AWS, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("gcr.io")]
    [DataRow("us.gcr.io")]
    [DataRow("eu.gcr.io")]
    [DataRow("asia.gcr.io")]
    [DataRow("mirror.gcr.io")]
    [DataRow("us-docker.pkg.dev")]
    [DataRow("europe-west4-docker.pkg.dev")]
    [DataRow("docker.us-central1.rep.pkg.dev")]
    [DataRow("u-france-east1-docker.s3nsregistry.fr")]
    [DataRow("marketplace.gcr.io")]
    [DataRow("k8s.gcr.io")]
    [DataRow("launcher.gcr.io")]
    public void Classify_GoogleRegistry_IsGoogle(string authority) =>
        Assert.AreEqual(RegistryKind.Google, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("ghcr.io")]
    [DataRow("docker.pkg.github.com")]
    [DataRow("containers.contoso.ghe.com")]
    public void Classify_GitHubPackages_IsGitHub(string authority) =>
        Assert.AreEqual(RegistryKind.GitHub, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("docker.io")]
    [DataRow("index.docker.io")]
    [DataRow("registry-1.docker.io")]
    [DataRow("registry.hub.docker.com")]
    [DataRow("hub.docker.com")]
    public void Classify_DockerHub_IsDockerHub(string authority) =>
        Assert.AreEqual(RegistryKind.DockerHub, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("mcr.microsoft.com")]
    [DataRow("westeurope.data.mcr.microsoft.com")]
    [DataRow("mcr.azure.cn")]
    [DataRow("chinaeast2.data.mcr.azure.cn")]
    [DataRow("mcr.azk8s.cn")]
    public void Classify_MicrosoftContainerRegistry_IsMcr(string authority) =>
        Assert.AreEqual(RegistryKind.MCR, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("azurecr.io")]
    [DataRow(".azurecr.io")]
    [DataRow("evilazurecr.io")]
    [DataRow("azurecr.io.evil.example")]
    [DataRow("contoso.azurecr.io.evil.example")]
    [DataRow("contoso.azurecr.microsoft.scloud.example")]
    [DataRow("contoso.azurecr.ic.gov")]
    [DataRow("12345678901.dkr.ecr.us-east-1.amazonaws.com")]
    [DataRow("1234567890123.dkr.ecr.us-east-1.amazonaws.com")]
    [DataRow("12345678901a.dkr.ecr.us-east-1.amazonaws.com")]
    [DataRow("123456789012.dkr.ecr.amazonaws.com")]
    [DataRow("123456789012.dkr.ecr.us-east-1.evil.amazonaws.com")]
    [DataRow("123456789012.dkr.ecr.us-east-1.evilamazonaws.com")]
    [DataRow("123456789012.dkr.ecr.us-east-1.on.aws")]
    [DataRow("123456789012.dkr-ecr.us-east-1.amazonaws.com")]
    [DataRow("123456789012.dkr.ecr-evil.us-east-1.amazonaws.com")]
    [DataRow("123456789012.s3.us-east-1.amazonaws.com")]
    [DataRow("evil.123456789012.dkr.ecr.us-east-1.amazonaws.com")]
    [DataRow("123456789012")]
    [DataRow("123456789012.")]
    [DataRow("public.ecr.aws.evil.example")]
    [DataRow("evil.public.ecr.aws")]
    [DataRow("evilgcr.io")]
    [DataRow("evil.gcr.io")]
    [DataRow("-docker.pkg.dev")]
    [DataRow("docker.pkg.dev")]
    [DataRow("us-maven.pkg.dev")]
    [DataRow("docker.rep.pkg.dev")]
    [DataRow("docker.evil.us-central1.rep.pkg.dev")]
    [DataRow("maven.us-central1.rep.pkg.dev")]
    [DataRow("docker.us-central1.pkg.dev")]
    [DataRow("docker.s3nsregistry.fr")]
    [DataRow("evil.u-docker.s3nsregistry.fr")]
    [DataRow("azurecr.sovcloud-azure.de")]
    [DataRow("contoso.sovcloud-azure.de")]
    [DataRow("123456789012.dkr.ecr.eusc-de-east-1.on.amazonwebservices.eu")]
    [DataRow("evil.us-docker.pkg.dev")]
    [DataRow("us-docker.pkg.dev.evil.example")]
    [DataRow("ghcr.io.evil.example")]
    [DataRow("evil.ghcr.io")]
    [DataRow("evilghcr.io")]
    [DataRow("ghe.com")]
    [DataRow("contoso.ghe.com")]
    [DataRow("containers.ghe.com")]
    [DataRow("containers.evil.contoso.ghe.com")]
    [DataRow("docker.io.evil.example")]
    [DataRow("evildocker.io")]
    [DataRow("mcr.microsoft.com.evil.example")]
    [DataRow("evil.mcr.microsoft.com")]
    [DataRow("data.mcr.microsoft.com")]
    [DataRow("microsoft.com")]
    [DataRow("localhost")]
    [DataRow("localhost:5000")]
    [DataRow("registry.contoso.example")]
    [DataRow("10.0.0.1:5000")]
    [DataRow("[::1]:5000")]
    [DataRow("[::1]")]
    public void Classify_UnknownHost_IsOther(string authority) =>
        Assert.AreEqual(RegistryKind.Other, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("https://ghcr.io")]
    [DataRow("HTTP://ghcr.io:443/")]
    [DataRow("ghcr.io/contoso/app")]
    [DataRow("https://ghcr.io/contoso")]
    public void Classify_HostWithASchemeOrPath_KeepsItsKind(string authority) =>
        Assert.AreEqual(RegistryKind.GitHub, RegistryClassifier.Classify(authority));

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow(".")]
    [DataRow("/")]
    [DataRow(":443")]
    [DataRow("https://")]
    [DataRow("https:///ghcr.io")]
    [DataRow("https://https://ghcr.io")]
    [DataRow("ftp://ghcr.io")]
    [DataRow("//ghcr.io")]
    [DataRow("https://evil.example/ghcr.io")]
    [DataRow("user@ghcr.io")]
    [DataRow("ghcr.io@evil.example")]
    [DataRow("https://user:secret@ghcr.io")]
    [DataRow("ghcr.io\\@evil.example")]
    [DataRow("ghcr.io?x")]
    [DataRow("ghcr.io#x")]
    [DataRow("ghcr.io ")]
    [DataRow(" ghcr.io")]
    [DataRow("ghcr.io\n")]
    [DataRow("ghcr.io..")]
    [DataRow("ghcr..io")]
    [DataRow("contoso..azurecr.io")]
    [DataRow(".ghcr.io")]
    [DataRow("ghcr.io:")]
    [DataRow("ghcr.io:0")]
    [DataRow("ghcr.io:65536")]
    [DataRow("ghcr.io:99999999999")]
    [DataRow("ghcr.io:-1")]
    [DataRow("ghcr.io:+1")]
    [DataRow("ghcr.io:443:443")]
    [DataRow("ghcr.io:port")]
    [DataRow("ghcr。io")]
    [DataRow("\uFF27hcr.io")]
    [DataRow("doc\u212Aer.io")]
    [DataRow("gh\u0441r.io")]
    public void Classify_TextThatIsNoAuthority_IsOther(string authority) =>
        Assert.AreEqual(RegistryKind.Other, RegistryClassifier.Classify(authority));

    [TestMethod]
    public void Classify_HostLongerThanDnsAllows_IsOther()
    {
        string label = new('a', 62);
        string longest = string.Join('.', label, label, label, new string('a', 53), "azurecr.io");

        Assert.AreEqual(RegistryAuthority.MaxHostLength, longest.Length);
        Assert.AreEqual(RegistryKind.Azure, RegistryClassifier.Classify(longest));
        Assert.AreEqual(RegistryKind.Other, RegistryClassifier.Classify("a" + longest));
        Assert.AreEqual(RegistryKind.Other, RegistryClassifier.Classify(longest + ".evil.example"));
        Assert.AreEqual(RegistryKind.Other, RegistryClassifier.Classify(new string('a', 1_000_000) + ".azurecr.io"));
    }

    [TestMethod]
    public void Classify_KnownHostInAnyCaseWithPortAndTrailingDot_KeepsItsKind()
    {
        Gen<(string Host, string Written)> spellings =
            from host in Gen.Elements(KnownHosts)
            from upper in ArbMap.Default.ArbFor<bool>().Generator.ListOf(host.Length)
            from dot in Gen.Elements("", ".")
            from port in Gen.OneOf(Gen.Constant(""), Gen.Choose(1, 65535).Select(port => FormattableString.Invariant($":{port}")))
            let cased = string.Concat(host.Zip(upper, (c, isUpper) => isUpper ? char.ToUpperInvariant(c) : c))
            select (host, cased + dot + port);

        Prop.ForAll(spellings.ToArbitrary(), pair =>
        {
            RegistryKind kind = RegistryClassifier.Classify(pair.Host);
            return kind != RegistryKind.Other && RegistryClassifier.Classify(pair.Written) == kind;
        }).QuickCheckThrowOnFailure();
    }

    [TestMethod]
    public void Classify_KnownHostUnderAnotherDomain_IsOther() =>
        Prop.ForAll(Gen.Elements(KnownHosts).ToArbitrary(), host =>
            RegistryClassifier.Classify(host + ".evil.example") == RegistryKind.Other
            && RegistryClassifier.Classify(host + "evil") == RegistryKind.Other
            && RegistryClassifier.Classify("evil.example/" + host) == RegistryKind.Other).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Classify_AnyText_GivesAKindAndDoesNotThrow() =>
        Prop.ForAll(
            Mutations.Of([.. KnownHosts, "https://ghcr.io:443/contoso", "[::1]:5000"]),
            text => Enum.IsDefined(RegistryClassifier.Classify(text)))
            .QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("contoso.azurecr.io")]
    [DataRow("CONTOSO.AzureCR.io.:443")]
    [DataRow("123456789012.dkr.ecr.us-east-1.amazonaws.com")]
    [DataRow("containers.contoso.ghe.com")]
    [DataRow("https://registry.contoso.example/app")]
    [DataRow("[::1]:5000")]
    public void Classify_AnyAuthority_AllocatesNothing(string authority)
    {
        RegistryClassifier.Classify(authority);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RegistryClassifier.Classify(authority);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.AreEqual(0, allocated);
    }
}
