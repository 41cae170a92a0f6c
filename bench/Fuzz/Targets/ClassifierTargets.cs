using Containers.Telemetry.Classification;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Classifiers of names and messages.</summary>
internal static class ClassifierTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("image-reference", 14_000, ReadImageReference,
            "mcr.microsoft.com/dotnet/aspnet:8.0-noble@sha256:0123abc", "localhost:5000/app", "[::1]:5000/a/b-c__d.e:f", "ubuntu", "docker.io/library/a:1"),
        new("registry", 14_000, ClassifyRegistry,
            "mcr.microsoft.com", "docker.io", "contoso.azurecr.io", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "europe-west1-docker.pkg.dev", "ghcr.io",
            "registry.gitlab.com", "10.0.0.1:5000", "[fd00::1]:5000", "https://quay.io/a", "localhost"),
        new("base-image", 14_000, ClassifyBaseImage,
            "mcr.microsoft.com/dotnet/aspnet\08.0.11-azurelinux3.0-distroless-composite-extra-arm64v8", "mcr.microsoft.com/dotnet/sdk\010.0.100-preview.1-alpine3.22-aot",
            "MCR.microsoft.com.:443/dotnet/framework/aspnet\04.8.1-windowsservercore-ltsc2022", "mcr.microsoft.com/playwright/dotnet\0v1.49.0-noble-amd64",
            "mcr.microsoft.com/powershell\0lts-7.4-ubuntu-22.04", "mcr.microsoft.com/azure-functions/dotnet-isolated\04-dotnet-isolated8.0-slim"),
        new("platform", 6_000, ClassifyPlatform, "linux-musl-x64\0v10.0", "osx.13-arm64\08.0.1.2", "win10-x86\0net8.0", "ubuntu.22.04-x64\0v99.99"),
        new("failure-message", 6_000, ClassifyMessage,
            "CONTAINER1001: Failed to upload blob using PUT https://r.example/v2/app; received status code 'ServiceUnavailable'.",
            "Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.\nURI: https://r.example:5000/v2/a/manifests/1\nResponse: 401 Unauthorized"),
        new("harmless-text", 6_000, ShowText, "=cmd|' /C calc'!A0", "\e]0;title\a", "<script>[x](http://example.test)</script>", "a\u202Eb", "plain, \"text\"; |1"),
    ];

    private static void ReadImageReference(string text)
    {
        if (ImageReference.TryParse(text, out ImageReference? read))
        {
            string written = $"{read.Registry}/{read.Repository}{(read.Tag is null ? "" : ":" + read.Tag)}{(read.Digest is null ? "" : "@" + read.Digest)}";
            Require.That(ImageReference.TryParse(written, out ImageReference? again) && again == read, $"{written} is another reference.");
        }
    }

    private static void ClassifyRegistry(string text)
    {
        RegistryKind kind = RegistryClassifier.Classify(text);
        RegistryProduct product = RegistryProductClassifier.Classify(text);
        Require.That(RegistryKindNames.All.Contains(RegistryKindNames.Of(kind)) && RegistryProductNames.All.Contains(RegistryProductNames.Of(product)), "The kind has no name.");
        Require.That(text.Contains(RegistryAuthority.WithoutSchemeAndPath(text).ToString(), StringComparison.Ordinal), "The authority is no part of the text.");
        if (text.All(char.IsAscii))
        {
            Require.That(RegistryClassifier.Classify(text.ToUpperInvariant()) == kind, "Upper case is another kind.");
            Require.That(RegistryProductClassifier.Classify(text.ToUpperInvariant()) == product, "Upper case is another product.");
        }
    }

    private static void ClassifyBaseImage(string text)
    {
        string[] parts = InputText.Cut(text, 2);
        int slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && MicrosoftBaseImages.CanonicalName(parts[0].AsSpan(0, slash), parts[0].AsSpan(slash + 1)) is { } name)
        {
            RequireWord(MicrosoftBaseImages.CanonicalTag(name, parts[1]), parts[1]);
        }

        RequireWord(MicrosoftBaseImages.CanonicalFamily(parts[1]), parts[1]);
    }

    private static void ClassifyPlatform(string text)
    {
        string[] parts = InputText.Cut(text, 2);
        RequireWord(RuntimeIdentifiers.Canonical(parts[0]) is var known && known == RuntimeIdentifiers.Other ? null : known, parts[0]);
        Require.That(TargetFrameworks.MajorMinor(parts[1]) is not { } version || version.Length <= "99.99".Length, "A target framework has a long version.");
    }

    private static void ClassifyMessage(string text)
    {
        Require.That(HttpStatusText.FindIn(text) is null or (>= 400 and < 600), "A status is none that refuses.");
        Require.That(ErrorCodes.FindIn(text) is not { } code || (text.Contains(code, StringComparison.Ordinal) && ErrorCodes.KindOf(code) is not null), "A code is not in the text.");
    }

    private static void ShowText(string text)
    {
        Require.That(!HarmlessText.Line(text).Any(char.IsControl), "A control character is left.");
        Require.That(!HarmlessText.Lines(text).Any(static character => char.IsControl(character) && character != '\n'), "A control character is left in lines.");
        Require.That(HarmlessText.SpreadsheetCell(text) is not ['=' or '+' or '-' or '@', ..], "A cell is a formula.");
        Require.That(!HarmlessText.Markdown(text).Contains('<', StringComparison.Ordinal), "Markdown has markup.");
    }

    // A reported value must occur in the input and consist of known words. No text of a user is so short and so plain.
    private static void RequireWord(string? reported, string text) => Require.That(
        reported is null || (reported == text && reported.Length <= 128 && reported.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')),
        $"{reported} is reported.");
}
