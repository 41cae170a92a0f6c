using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

[TestClass]
public sealed class ImageReferenceTests
{
    // The SDK's expressions backtrack exponentially over long alphanumeric runs, so the pieces and their number are small.
    private const int MaxPieces = 8;

    private static readonly string[] Starts =
    [
        "", "localhost", "localhost:50", "docker.io", "docker.io/", "a.b/", "A.b-c:1/", "[::1]", "[::1]:50/", "1.2.3.4:5/",
        "a/b:c@d:", "a@b:c",
    ];

    private static readonly string[] Pieces =
    [
        "a", "b", "B", "1", ".", "-", "--", "_", "__", "___", "/", ":", "@", "+", "=", "[", "]", " ", "\n", "\r", "\0",
        "é", "٣", "‿", "💥",
    ];

    private static readonly string[] Places =
    [
        "{0}", "a{0}", "a{0}b", "a/{0}", "{0}a.B/c", "a{0}.B/c", "a.{0}B/c", "a.B{0}/c", "a.{0}/b", "a.b:{0}/c", "[{0}]/a", "[::1]{0}/a",
        "a:{0}", "a:b{0}", "a@{0}b:c", "a@b{0}c:d", "a@b{0}:c", "a@b:{0}", "a:b@c:d{0}",
    ];

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:8.0", "mcr.microsoft.com", "dotnet/aspnet", "8.0", null)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet", "mcr.microsoft.com", "dotnet/aspnet", null, null)]
    [DataRow("localhost:5000/app:1", "localhost:5000", "app", "1", null)]
    [DataRow("localhost/app", "localhost", "app", null, null)]
    [DataRow("[::1]:5000/app:1", "[::1]:5000", "app", "1", null)]
    [DataRow("Registry.Contoso.example/app", "Registry.Contoso.example", "app", null, null)]
    [DataRow("ubuntu", "docker.io", "library/ubuntu", null, null)]
    [DataRow("docker.io/ubuntu:24.04", "docker.io", "library/ubuntu", "24.04", null)]
    [DataRow("contoso/app", "docker.io", "contoso/app", null, null)]
    [DataRow("localhost:5000", "docker.io", "library/localhost", "5000", null)]
    [DataRow("app@sha256:0123abc", "docker.io", "library/app", null, "sha256:0123abc")]
    [DataRow("ghcr.io/contoso/app:v1@sha256:0123abc", "ghcr.io", "contoso/app", "v1", "sha256:0123abc")]
    [DataRow("a__b/c--d.e", "docker.io", "a__b/c--d.e", null, null)]
    public void TryParse_Reference_GivesItsParts(string text, string registry, string repository, string? tag, string? digest)
    {
        Assert.IsTrue(ImageReference.TryParse(text, out ImageReference? reference));
        Assert.AreEqual(new ImageReference(registry, repository, tag, digest), reference);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("/")]
    [DataRow(":tag")]
    [DataRow("app:")]
    [DataRow("app@")]
    [DataRow("app:@sha256:0")]
    [DataRow("app@sha256")]
    [DataRow("app@sha256:")]
    [DataRow("App")]
    [DataRow("app//app")]
    [DataRow("app/")]
    [DataRow("-app")]
    [DataRow("app-")]
    [DataRow("a___b")]
    [DataRow("a..b")]
    [DataRow("app:.tag")]
    [DataRow("app:a b")]
    [DataRow("registry:5000/app")]
    [DataRow("a.b.:5000/app")]
    [DataRow("[::1]")]
    [DataRow("https://ghcr.io/app")]
    public void TryParse_NoReference_IsFalse(string? text)
    {
        Assert.IsFalse(ImageReference.TryParse(text, out ImageReference? reference));
        Assert.IsNull(reference);
    }

    [TestMethod]
    [DataRow(128, true)]
    [DataRow(129, false)]
    public void TryParse_LengthOfTag_IsBounded(int length, bool expected) =>
        Assert.AreEqual(expected, ImageReference.TryParse("app:" + new string('a', length), out _));

    [TestMethod]
    [DataRow("a", "a")]
    [DataRow("a", "!")]
    [DataRow("a/", "b")]
    [DataRow("a-", "-")]
    [DataRow("@", "")]
    [DataRow("[", "]/a")]
    public void TryParse_MegabytesOfText_ReturnsLikeAnyOther(string repeated, string end)
    {
        string text = string.Concat(Enumerable.Repeat(repeated, 4_000_000 / repeated.Length)) + end;

        bool parsed = ImageReference.TryParse(text, out ImageReference? reference);

        Assert.AreEqual(parsed, reference is not null);
    }

    [TestMethod]
    public void TryParse_AnyText_AgreesWithTheSdk()
    {
        Gen<string> texts =
            from start in Gen.Elements(Starts)
            from count in Gen.Choose(0, MaxPieces)
            from pieces in Gen.Elements(Pieces).ListOf(count)
            select start + string.Concat(pieces);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(texts.ToArbitrary(), text => Equals(SdkReferenceParser.TryParse(text), Parse(text)).Label(text)));
    }

    [TestMethod]
    public void TryParse_EveryCharacterInEachPlace_AgreesWithTheSdk()
    {
        foreach (string format in Places)
        {
            for (int c = char.MinValue; c <= char.MaxValue; c++)
            {
                string text = format.Replace("{0}", ((char)c).ToString(), StringComparison.Ordinal);

                Assert.AreEqual(SdkReferenceParser.TryParse(text), Parse(text), $"U+{c:X4} in {format}");
            }
        }
    }

    [TestMethod]
    public void TryParse_AnyText_DoesNotThrow() =>
        Prop.ForAll(
            Mutations.Of("mcr.microsoft.com/dotnet/aspnet:8.0-noble@sha256:0123", "localhost:5000/app", "[::1]:5000/a/b-c__d.e:f"),
            text => ImageReference.TryParse(text, out ImageReference? reference) == (reference is not null)).QuickCheckThrowOnFailure();

    private static ImageReference? Parse(string text) => ImageReference.TryParse(text, out ImageReference? reference) ? reference : null;
}
