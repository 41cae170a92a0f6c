using System.Runtime.InteropServices;
using System.Text.Json;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class RuntimeIdentifiersTests
{
    private static readonly string[] Known =
    [
        "linux-x64", "linux-musl-arm64", "linux-bionic-x64", "linux", "win-x64", "win10-x64", "win81-x86", "osx-arm64", "osx.13-arm64",
        "osx.10.15-x64",
        "freebsd.13-x64", "alpine.3.20-x64", "ubuntu.22.04-x64", "debian.12-arm", "rhel.8-x64", "tizen.6.5.0-armel", "linux-armv5",
        "linux-armv6", "linux-armv8",
        "linux-ppc64le", "linux-s390x", "linux-riscv64", "linux-loongarch64", "linux-mips64", "browser-wasm", "any", "unix",
    ];

    private static readonly string[] Words =
    [
        "linux", "musl", "bionic", "win", "unix", "any", "base", "arch", "browser", "exherbo", "gentoo", "haiku", "illumos", "manjaro",
        "openindiana", "wasi",
        "osx", "freebsd", "alpine", "android", "centos", "debian", "fedora", "ios", "iossimulator", "linuxmint", "maccatalyst",
        "miraclelinux", "ol", "omnios",
        "opensuse", "rhel", "rocky", "sles", "smartos", "solaris", "tizen", "tvos", "tvossimulator", "ubuntu",
        "x", "arm", "armel", "armv", "loongarch", "mips", "ppc", "le", "riscv", "s", "wasm", "other",
    ];

    public static IEnumerable<object[]> KnownRows => Known.Select(rid => new object[] { rid });

    [TestMethod]
    [DynamicData(nameof(KnownRows))]
    public void Canonical_IdentifierThatDotNetKnows_IsItself(string rid) => Assert.AreEqual(rid, RuntimeIdentifiers.Canonical(rid));

    [TestMethod]
    [DataRow("")]
    [DataRow("-")]
    [DataRow("payments")]
    [DataRow("payments-x64")]
    [DataRow("linux-payments")]
    [DataRow("linux-x64-payments")]
    [DataRow("linux-x64-x64")]
    [DataRow("Linux-x64")]
    [DataRow("linux-X64")]
    [DataRow("linux-")]
    [DataRow("-x64")]
    [DataRow("x64")]
    [DataRow("win10.0-x64")]
    [DataRow("win12345-x64")]
    [DataRow("linux.5-x64")]
    [DataRow("ubuntu.22.04.1.2-x64")]
    [DataRow("ubuntu.22045-x64")]
    [DataRow("ubuntu.-x64")]
    [DataRow("ubuntu.22.-x64")]
    [DataRow("other")]
    public void Canonical_AnyOtherIdentifier_IsOther(string rid)
    {
        Assert.IsFalse(RuntimeIdentifiers.IsKnown(rid));
        Assert.AreEqual("other", RuntimeIdentifiers.Canonical(rid));
    }

    [TestMethod]
    [DataRow("PortableRuntimeIdentifierGraph.json")]
    [DataRow("RuntimeIdentifierGraph.json")]
    public void IsKnown_IdentifiersOfTheInstalledSdk_AreKnown(string graph)
    {
        using FileStream file = File.OpenRead(Path.Combine(InstalledSdk.Folder, graph));
        using JsonDocument document = JsonDocument.Parse(file);

        // Identifiers in "aot" are leftovers of the Universal Windows Platform; no publish has one.
        string[] unknown =
        [
            .. document.RootElement.GetProperty("runtimes").EnumerateObject()
                .Select(property => property.Name)
                .Where(rid => !rid.EndsWith("aot", StringComparison.Ordinal) && !RuntimeIdentifiers.IsKnown(rid)),
        ];

        Assert.AreEqual("", string.Join(' ', unknown));
    }

    [TestMethod]
    public void IsKnown_IdentifierOfThisMachine_IsKnown() =>
        Assert.IsTrue(RuntimeIdentifiers.IsKnown(RuntimeInformation.RuntimeIdentifier), RuntimeInformation.RuntimeIdentifier);

    [TestMethod]
    public void Canonical_AnyText_IsOfListedWordsAndBoundedNumbers() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Mutations.Of(Known), text =>
                RuntimeIdentifiers.Canonical(text) is var rid
                && (rid == "other" || rid == text)
                && Vocabulary.Covers(rid, Words, DottedNumber.MaxDigits)));
}
