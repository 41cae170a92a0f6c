using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class MicrosoftBaseImagesTests
{
    private const int MaxDigits = 8;

    private static readonly string[] Repositories =
    [
        "dotnet/aspnet", "dotnet/runtime", "dotnet/runtime-deps", "dotnet/sdk", "dotnet/monitor", "dotnet/monitor/base", "dotnet/aspire-dashboard",
        "dotnet/samples",
        "dotnet/nightly/aspnet", "dotnet/nightly/runtime", "dotnet/nightly/runtime-deps", "dotnet/nightly/sdk", "dotnet/nightly/monitor",
        "dotnet/nightly/monitor/base", "dotnet/nightly/aspire-dashboard", "dotnet/nightly/reverse-proxy", "dotnet/nightly/yarp",
        "dotnet/core/aspnet", "dotnet/core/runtime", "dotnet/core/runtime-deps", "dotnet/core/sdk", "dotnet/core/samples",
        "dotnet/core-nightly/aspnet", "dotnet/core-nightly/runtime", "dotnet/core-nightly/runtime-deps", "dotnet/core-nightly/sdk",
        "dotnet/framework/aspnet", "dotnet/framework/runtime", "dotnet/framework/sdk", "dotnet/framework/wcf", "dotnet/framework/samples",
        "azure-functions/base", "azure-functions/dotnet", "azure-functions/dotnet-isolated",
        "azurelinux/base/core", "azurelinux/distroless/base", "azurelinux/distroless/debug", "azurelinux/distroless/minimal",
        "azurelinux-beta/base/core", "azurelinux-beta/distroless/minimal",
        "cbl-mariner/base/core", "cbl-mariner/distroless/base", "cbl-mariner/distroless/debug", "cbl-mariner/distroless/minimal",
        "windows/nanoserver", "windows/servercore", "windows/server", "playwright/dotnet", "powershell",
    ];

    private static readonly string[] Families =
    [
        "bionic", "focal", "jammy", "jammy-chiseled", "jammy-chiseled-extra", "jammy-chiseled-aot", "jammy-chiseled-composite",
        "jammy-chiseled-composite-extra",
        "noble", "noble-chiseled", "noble-chiseled-extra", "noble-aot", "resolute", "resolute-chiseled-extra", "ubuntu-chiseled",
        "alpine", "alpine3.20", "alpine3.22-extra", "alpine-composite", "alpine3.20-composite-extra", "alpine-aot",
        "stretch-slim", "buster-slim", "bullseye-slim", "bookworm-slim", "trixie-slim", "trixie-slim-aot", "buster", "disco",
        "azurelinux3.0", "azurelinux3.0-distroless", "azurelinux3.0-distroless-extra", "azurelinux3.0-distroless-composite-extra",
        "azurelinux3.0-aot",
        "azurelinux-distroless", "cbl-mariner", "cbl-mariner2.0", "cbl-mariner2.0-distroless", "cbl-mariner-distroless-aot",
        "nanoserver-1709", "nanoserver-1803", "nanoserver-1809", "nanoserver-1903", "nanoserver-1909", "nanoserver-2004", "nanoserver-20H2",
        "nanoserver-ltsc2022", "nanoserver-ltsc2025", "windowsservercore-ltsc2016", "windowsservercore-ltsc2019",
        "windowsservercore-ltsc2022",
        "windowsservercore-ltsc2025",
    ];

    private static readonly (string Repository, string Tag)[] Tags =
    [
        ("dotnet/aspnet", "latest"), ("dotnet/aspnet", "8.0"), ("dotnet/aspnet", "8.0.11"), ("dotnet/runtime-deps", "10.0.0-preview.3"),
        ("dotnet/aspnet", "10.0.0-rc.1-noble-chiseled-extra"), ("dotnet/aspnet", "11.0-preview-resolute-chiseled"),
        ("dotnet/sdk", "11.0.100-rc.1"),
        ("dotnet/sdk", "10.0-preview"), ("dotnet/sdk", "8.0.404-windowsservercore-ltsc2022"), ("dotnet/aspnet", "8.0.11-jammy-amd64"),
        ("dotnet/aspnet", "8.0-alpine3.20-arm64v8"), ("dotnet/aspnet", "8.0-bookworm-slim-arm32v7"),
        ("dotnet/runtime", "8.0-nanoserver-ltsc2022"),
        ("dotnet/runtime", "8.0.11-azurelinux3.0-distroless-composite-extra-arm64v8"), ("dotnet/nightly/sdk", "10.0-noble-aot"),
        ("dotnet/nightly/runtime-deps", "8.0-jammy-chiseled-aot"), ("dotnet/monitor", "8"), ("dotnet/monitor", "8.1-ubuntu-chiseled-amd64"),
        ("dotnet/samples", "latest"), ("dotnet/samples", "aspnetapp"), ("dotnet/samples", "aspnetapp-9.0"),
        ("dotnet/samples", "dotnetapp-chiseled-amd64"),
        ("dotnet/sdk", "10.0-aot"), ("dotnet/sdk", "10.0.400-aot"), ("dotnet/sdk", "11.0-preview-aot"), ("dotnet/sdk", "11.0.100-rc.1-aot"),
        ("dotnet/sdk", "8.0.401-1-jammy-amd64"), ("dotnet/monitor/base", "10-rc"), ("dotnet/nightly/sdk", "9.0.100-alpha.1-jammy"),
        ("dotnet/core/sdk", "3.0.100-preview9-buster"), ("dotnet/core/runtime", "2.1-nanoserver-sac2016"),
        ("dotnet/aspire-dashboard", "13.5.1-amd64"), ("dotnet/framework/aspnet", "4.8.1-20250424-windowsservercore-ltsc2022"),
        ("dotnet/framework/runtime", "4.8-3.5-windowsservercore-2004"), ("dotnet/framework/samples", "wcfservice-windowsservercore-ltsc2022"),
        ("dotnet/samples", "aspnetapp-chiseled-10.0"), ("dotnet/samples", "dotnetapp-chiseled-8.0-arm64v8"),
        ("dotnet/samples", "aspnetapp-nanoserver-ltsc2022"), ("dotnet/samples", "aspnetapp-alpine-composite"),
        ("azure-functions/base", "4-slim"),
        ("azure-functions/dotnet", "4"),
        ("azure-functions/dotnet", "4-appservice"),
        ("azure-functions/dotnet", "4-dotnet6-core-tools"),
        ("azure-functions/dotnet-isolated", "4-dotnet-isolated8.0"), ("azure-functions/dotnet-isolated", "4-dotnet-isolated8.0-slim"),
        ("azure-functions/dotnet-isolated", "4-dotnet-isolated8.0-mariner"),
        ("azure-functions/dotnet-isolated", "4-dotnet-isolated10.0-azurelinux3.0"),
        ("azurelinux/base/core", "3.0"), ("azurelinux/base/core", "3.0.20250602-amd64"),
        ("azurelinux/distroless/base", "3.0-nonroot-arm64"),
        ("azurelinux-beta/base/core", "4.0"), ("azurelinux-beta/distroless/minimal", "4.0-nonroot-amd64"),
        ("cbl-mariner/distroless/minimal", "2.0-nonroot"), ("windows/server", "ltsc2022"),
        ("windows/nanoserver", "ltsc2025"), ("windows/nanoserver", "1809-amd64"), ("windows/servercore", "10.0.20348.2966"),
        ("playwright/dotnet", "v1.49.0-noble"), ("playwright/dotnet", "v1.49.0-jammy-arm64"), ("playwright/dotnet", "v1.20.0"),
        ("playwright/dotnet", "next-jammy"),
        ("playwright/dotnet", "focal"), ("playwright/dotnet", "latest"),
        ("powershell", "latest"), ("powershell", "lts"), ("powershell", "preview"), ("powershell", "7.4-ubuntu-22.04"),
        ("powershell", "7.4-debian-12"),
        ("powershell", "lts-debian-bullseye-slim"), ("powershell", "lts-alpine-3.17"),
        ("powershell", "7.2.0-preview.4-alpine-3.11-20210316"),
        ("powershell", "lts-nanoserver-1809"), ("powershell", "lts-7.2.0-windowsserver-ltsc2022"), ("powershell", "7.4-mariner-2.0-arm64"),
    ];

    /// <summary>Every run of letters that a reported tag, family or version may contain.</summary>
    private static readonly string[] Words =
    [
        "latest", "lts", "next", "preview", "rc", "alpha", "ca", "patch", "v",
        "bionic", "disco", "focal", "jammy", "noble", "resolute", "ubuntu", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "slim", "alpine",
        "azurelinux", "cbl", "mariner", "centos", "debian", "ubi", "nanoserver", "windowsservercore", "windowsserver", "ltsc", "sac", "H",
        "chiseled", "distroless", "composite", "extra", "aot", "nonroot",
        "aspnetapp", "dotnetapp", "wcfclient", "wcfservice", "dotnet", "isolated", "appservice", "core", "tools",
        "amd", "arm", "x",
    ];

    public static IEnumerable<object[]> RepositoryRows => Repositories.Select(repository => new object[] { repository });

    public static IEnumerable<object[]> FamilyRows => Families.Select(family => new object[] { family });

    public static IEnumerable<object[]> TagRows => Tags.Select(pair => new object[] { pair.Repository, pair.Tag });

    [TestMethod]
    [DynamicData(nameof(RepositoryRows))]
    public void CanonicalName_RepositoryOnTheList_IsItsFullName(string repository) =>
        Assert.AreEqual("mcr.microsoft.com/" + repository, MicrosoftBaseImages.CanonicalName("mcr.microsoft.com", repository));

    [TestMethod]
    [DataRow("mcr.microsoft.com")]
    [DataRow("MCR.Microsoft.COM")]
    [DataRow("mcr.microsoft.com.")]
    [DataRow("mcr.microsoft.com:443")]
    [DataRow("mcr.microsoft.com.:443")]
    public void CanonicalName_MicrosoftRegistryHoweverWritten_IsTheSameConstant(string registry)
    {
        string? name = MicrosoftBaseImages.CanonicalName(registry, "dotnet/aspnet");

        Assert.IsNotNull(name);
        Assert.AreSame(string.IsInterned("mcr.microsoft.com/dotnet/aspnet"), name);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("docker.io")]
    [DataRow("mcr.microsoft.com:5000")]
    [DataRow("mcr.microsoft.com.evil.example")]
    [DataRow("evil.mcr.microsoft.com")]
    [DataRow("https://mcr.microsoft.com")]
    [DataRow("westeurope.data.mcr.microsoft.com")]
    [DataRow("mcr.azure.cn")]
    public void CanonicalName_AnotherRegistry_IsNull(string registry) =>
        Assert.IsNull(MicrosoftBaseImages.CanonicalName(registry, "dotnet/aspnet"));

    [TestMethod]
    [DataRow("")]
    [DataRow("dotnet")]
    [DataRow("dotnet/")]
    [DataRow("dotnet/payments")]
    [DataRow("dotnet/aspnet/payments")]
    [DataRow("dotnet/aspnet:8.0")]
    [DataRow("DotNet/aspnet")]
    [DataRow("dotnet/nightly")]
    [DataRow("azure-functions/dotnet-payments")]
    [DataRow("azurelinux/base/payments")]
    [DataRow("contoso/payments")]
    public void CanonicalName_AnotherRepository_IsNull(string repository) =>
        Assert.IsNull(MicrosoftBaseImages.CanonicalName("mcr.microsoft.com", repository));

    [TestMethod]
    public void CanonicalName_AnyText_IsNullOrOnTheList() =>
        Prop.ForAll(
            Mutations.Of(["mcr.microsoft.com", "mcr.microsoft.com:443", "MCR.microsoft.com."]),
            Mutations.Of(Repositories),
            (registry, repository) => MicrosoftBaseImages.CanonicalName(registry, repository) is not { } name
                || (Repositories.Contains(repository, StringComparer.Ordinal) && name == "mcr.microsoft.com/" + repository))
            .QuickCheckThrowOnFailure();

    [TestMethod]
    [DynamicData(nameof(TagRows))]
    public void CanonicalTag_TagThatMicrosoftPublishes_IsTheTag(string repository, string tag) =>
        Assert.AreEqual(tag, CanonicalTag(repository, tag));

    [TestMethod]
    [DataRow("dotnet/aspnet", "")]
    [DataRow("dotnet/aspnet", "payments")]
    [DataRow("dotnet/aspnet", "8.0-payments")]
    [DataRow("dotnet/aspnet", "payments-8.0")]
    [DataRow("dotnet/aspnet", "8.0-jammy-payments")]
    [DataRow("dotnet/aspnet", "8.0-jammypayments")]
    [DataRow("dotnet/aspnet", "8.0-JAMMY")]
    [DataRow("dotnet/aspnet", "8.0-jammy-")]
    [DataRow("dotnet/aspnet", "8.0--jammy")]
    [DataRow("dotnet/aspnet", "-8.0")]
    [DataRow("dotnet/aspnet", "8.0.")]
    [DataRow("dotnet/aspnet", "8..0")]
    [DataRow("dotnet/aspnet", "8.0.11.12")]
    [DataRow("dotnet/aspnet", "8.0.12345")]
    [DataRow("dotnet/aspnet", "8.0-preview.123456")]
    [DataRow("dotnet/aspnet", "8.0-amd64-jammy")]
    [DataRow("dotnet/aspnet", "8.0-bookworm-slim-chiseled")]
    [DataRow("dotnet/aspnet", "8.0-nanoserver")]
    [DataRow("dotnet/aspnet", "8.0-nanoserver-ltsc2077")]
    [DataRow("dotnet/aspnet", "8.0 ")]
    [DataRow("dotnet/aspnet", "٨.٠")]
    [DataRow("dotnet/aspnet", "latest-jammy")]
    [DataRow("dotnet/aspnet", "8.0-12-jammy")]
    [DataRow("dotnet/aspnet", "8.0-0-jammy")]
    [DataRow("dotnet/aspnet", "8.0-1-2")]
    [DataRow("dotnet/aspnet", "8.0-aot-payments")]
    [DataRow("dotnet/aspnet", "8.0-rc1payments")]
    [DataRow("dotnet/framework/sdk", "4.8-20251399")]
    [DataRow("dotnet/framework/sdk", "4.8-nanoserver-ltsc2022")]
    [DataRow("dotnet/framework/samples", "payments-windowsservercore-ltsc2022")]
    [DataRow("dotnet/samples", "aspnetapp-chiseled-payments")]
    [DataRow("dotnet/aspnet", "aspnetapp")]
    [DataRow("dotnet/samples", "8.0")]
    [DataRow("azurelinux/base/core", "3.0.12345678")]
    [DataRow("azurelinux/base/core", "3.0.00010203")]
    [DataRow("windows/servercore", "10.0.12345.678")]
    [DataRow("windows/servercore", "10.0.20348.123456")]
    [DataRow("windows/servercore", "10.0.20348.")]
    [DataRow("playwright/dotnet", "1.49.0")]
    [DataRow("powershell", "7.4-ubuntu-payments")]
    public void CanonicalTag_AnyOtherTag_IsNull(string repository, string tag) => Assert.IsNull(CanonicalTag(repository, tag));

    [TestMethod]
    public void CanonicalTag_EveryTagThatWasEverPublished_IsTheTag()
    {
        (string Repository, string Tag)[] published = [.. PublishedTags.Read()];

        string[] rejected = [.. published
            .Where(image =>
                MicrosoftBaseImages.CanonicalName("mcr.microsoft.com", image.Repository) is not { } name
                    || MicrosoftBaseImages.CanonicalTag(name, image.Tag) != image.Tag)
            .Select(image => $"{image.Repository}:{image.Tag}")];

        Assert.IsGreaterThan(8000, published.Length);
        Assert.IsEmpty(rejected, string.Join('\n', rejected.Take(20)));
    }

    [TestMethod]
    public void CanonicalTag_PublishedTagWithAWordOfTheUser_IsNull()
    {
        (string Repository, string Tag)[] published = [.. PublishedTags.Read()];
        Gen<string> word =
            from length in Gen.Choose(1, 12)
            from letters in Gen.Elements("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_".ToCharArray()).ListOf(length)
            select string.Concat(letters);
        Gen<(string Repository, string Tag)> spoiled =
            from image in Gen.Elements(published)
            from user in word.Where(user => !Words.Contains(user, StringComparer.Ordinal))
            from position in Gen.Choose(0, 1000)
            from replaces in ArbMap.Default.ArbFor<bool>().Generator
            let parts = image.Tag.Split('-')
            let at = position % parts.Length
            select (image.Repository, string.Join('-', [.. parts[..at], user, .. parts[(at + (replaces ? 1 : 0))..]]));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(spoiled.ToArbitrary(), image => CanonicalTag(image.Repository, image.Tag) is null));
    }

    [TestMethod]
    public void CanonicalName_PublishedRepositoryWithAUsersSegment_IsNull()
    {
        Gen<string> spoiled =
            from repository in Gen.Elements(Repositories)
            from user in Gen.Elements("payments", "x", "contoso-app", "1")
            from position in Gen.Choose(0, 1000)
            let segments = repository.Split('/')
            let at = position % (segments.Length + 1)
            select string.Join('/', [.. segments[..at], user, .. segments[at..]]);

        Prop.ForAll(spoiled.ToArbitrary(), repository => MicrosoftBaseImages.CanonicalName("mcr.microsoft.com", repository) is null).QuickCheckThrowOnFailure();
    }

    [TestMethod]
    public void CanonicalTag_NameThatIsNotOnTheList_IsNull() =>
        Assert.IsNull(MicrosoftBaseImages.CanonicalTag("mcr.microsoft.com/contoso/payments", "8.0"));

    [TestMethod]
    public void CanonicalTag_AnyText_IsNullOrOfListedWordsAndBoundedNumbers()
    {
        string[] seeds = [.. Tags.Select(pair => pair.Tag)];

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Mutations.Of(seeds), text => Repositories.All(repository =>
                CanonicalTag(repository, text) is not { } tag || (tag == text && Vocabulary.Covers(tag, Words, MaxDigits)))));
    }

    [TestMethod]
    [DynamicData(nameof(FamilyRows))]
    public void CanonicalFamily_FamilyThatMicrosoftPublishes_IsTheFamily(string family)
    {
        Assert.AreEqual(family, MicrosoftBaseImages.CanonicalFamily(family));
        Assert.AreEqual("8.0-" + family, CanonicalTag("dotnet/aspnet", "8.0-" + family));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("payments")]
    [DataRow("jammy-payments")]
    [DataRow("payments-jammy")]
    [DataRow("Jammy")]
    [DataRow("8.0-jammy")]
    [DataRow("jammy-amd64")]
    [DataRow("chiseled")]
    [DataRow("nanoserver")]
    [DataRow("alpine3")]
    [DataRow("alpine3.20.1")]
    [DataRow("alpine3.12345")]
    [DataRow("jammy-chiseled-extra-extra")]
    [DataRow("nanoserver-ltsc2022-chiseled")]
    public void CanonicalFamily_AnyOtherFamily_IsNull(string family) => Assert.IsNull(MicrosoftBaseImages.CanonicalFamily(family));

    [TestMethod]
    public void CanonicalFamily_AnyText_IsNullOrOfListedWordsAndBoundedNumbers() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Mutations.Of(Families), text =>
                MicrosoftBaseImages.CanonicalFamily(text) is not { } family
                || (family == text && Vocabulary.Covers(family, Words, MaxDigits))));

    [TestMethod]
    public void CanonicalName_AnyImage_AllocatesNothing()
    {
        MicrosoftBaseImages.CanonicalName("MCR.microsoft.com:443", "powershell");

        long before = GC.GetAllocatedBytesForCurrentThread();
        MicrosoftBaseImages.CanonicalName("MCR.microsoft.com:443", "powershell");
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.AreEqual(0, allocated);
    }

    private static string? CanonicalTag(string repository, string tag) =>
        MicrosoftBaseImages.CanonicalTag("mcr.microsoft.com/" + repository, tag);
}
