namespace Containers.Telemetry.Classification;

/// <summary>Reads a tag of the form that one group of repositories has; the tag is of that form if the reader is then at its end.</summary>
internal delegate void TagForm(ref TagReader reader);

/// <summary>The forms of the tags that Microsoft publishes, one method for each group of repositories.</summary>
internal static class MicrosoftTagForms
{
    private static readonly string[] Architectures = ["amd64", "arm64v8", "arm32v7", "arm64", "arm32", "arm", "x64"];
    private static readonly string[] SampleApplications = ["aspnetapp", "dotnetapp", "wcfclient", "wcfservice"];
    private static readonly string[] ServerCore = ["windowsservercore"];
    private static readonly string[] PreReleases = ["preview", "rc", "alpha"];

    // The last two as .NET Core 3 wrote them.
    private static readonly string[] NumberedPreReleases = ["preview.", "rc.", "alpha.", "preview", "rc"];
    private static readonly string[] FunctionsVariants = ["slim", "appservice", "core-tools", "mariner", "noble"];
    private static readonly string[] PowerShellDistributions =
        ["alpine", "azurelinux", "cbl-mariner", "centos", "debian", "mariner", "ubi", "ubuntu"];
    private static readonly string[] PowerShellWindowsEditions = ["nanoserver", "windowsservercore", "windowsserver"];

    /// <summary><c>8.0.11-noble-chiseled-extra-amd64</c>, <c>10.0.0-preview.3-alpine3.21</c>, <c>8.0.401-1-jammy</c>, <c>10.0-aot</c>, <c>latest</c>.</summary>
    public static void DotNet(ref TagReader reader)
    {
        if (reader.TryRead("latest") || !TryReadVersion(ref reader))
        {
            return;
        }

        _ = reader.TryReadPart(IsRebuild) || reader.TryRead("ca-patch");
        _ = ImageFamily.TryRead(ref reader) || reader.TryRead("aot");
        reader.TryReadAny(Architectures);
    }

    /// <summary><c>4.8.1</c>, <c>4.8-20250424-windowsservercore-ltsc2019</c>, <c>4.8-3.5-windowsservercore-2004</c>.</summary>
    public static void DotNetFramework(ref TagReader reader)
    {
        if (reader.TryRead("latest") || !reader.TryReadNumber("", 2, 3))
        {
            return;
        }

        // Here 4.8 is followed by the older framework that the image also has.
        reader.TryRead("3.5");
        reader.TryReadPart(IsDate);
        ImageFamily.TryReadWindows(ref reader, ServerCore);
    }

    /// <summary><c>aspnetapp</c>, <c>dotnetapp-9.0-alpine-amd64</c>, <c>aspnetapp-chiseled-10.0-amd64</c>.</summary>
    public static void DotNetSamples(ref TagReader reader)
    {
        if (reader.TryRead("latest") || !reader.TryReadAny(SampleApplications))
        {
            return;
        }

        reader.TryReadNumber("", 2, 2);
        if (ImageFamily.TryRead(ref reader))
        {
            reader.TryRead("slim");
        }
        else if (ImageFamily.TryReadChiseled(ref reader))
        {
            reader.TryReadNumber("", 2, 2);
        }

        reader.TryReadAny(Architectures);
    }

    /// <summary><c>4</c>, <c>4-appservice</c>, <c>4-dotnet-isolated8.0-slim</c>, <c>4-dotnet-isolated10.0-azurelinux3.0</c>.</summary>
    public static void AzureFunctions(ref TagReader reader)
    {
        if (!reader.TryReadNumber("", 1, 3))
        {
            return;
        }

        _ = reader.TryReadNumber("dotnet-isolated", 1, 2) || reader.TryReadNumber("dotnet", 1, 2);
        _ = reader.TryReadAny(FunctionsVariants) || reader.TryReadNumber("azurelinux", 1, 2);
    }

    /// <summary><c>3.0</c>, <c>3.0-nonroot-arm64</c>, <c>3.0.20250602-amd64</c>.</summary>
    public static void AzureLinux(ref TagReader reader)
    {
        if (!reader.TryReadNumber("", 2, 2) && !reader.TryReadPart(IsDatedRelease))
        {
            return;
        }

        reader.TryRead("nonroot");
        reader.TryReadAny(Architectures);
    }

    /// <summary><c>ltsc2022</c>, <c>1809-amd64</c>, <c>10.0.20348.2966</c>.</summary>
    public static void Windows(ref TagReader reader)
    {
        if (reader.TryReadAny(ImageFamily.WindowsReleases) || reader.TryReadPart(IsWindowsBuild))
        {
            reader.TryReadAny(Architectures);
        }
    }

    /// <summary><c>v1.49.0-noble-amd64</c>, <c>next-jammy</c>, <c>focal</c>, <c>latest</c>.</summary>
    public static void Playwright(ref TagReader reader)
    {
        if (reader.TryRead("latest"))
        {
            return;
        }

        _ = reader.TryReadNumber("v", 3, 3) || reader.TryRead("next");
        if (reader.TryReadAny(ImageFamily.UbuntuReleases))
        {
            reader.TryReadAny(Architectures);
        }
    }

    /// <summary><c>latest</c>, <c>lts-debian-bullseye-slim</c>, <c>7.4-ubuntu-22.04</c>, <c>7.2.0-preview.4-alpine-3.11-20210316</c>.</summary>
    public static void PowerShell(ref TagReader reader)
    {
        if (reader.TryRead("latest"))
        {
            return;
        }

        _ = reader.TryRead("lts") || reader.TryRead("preview");
        TryReadVersion(ref reader);
        if (reader.TryReadAny(PowerShellDistributions))
        {
            _ = reader.TryReadNumber("", 1, 2) || reader.TryReadAny(ImageFamily.DebianReleases);
        }
        else
        {
            ImageFamily.TryReadWindows(ref reader, PowerShellWindowsEditions);
        }

        reader.TryReadAny(Architectures);
        reader.TryReadPart(IsDate);
    }

    /// <summary><c>8</c>, <c>8.0</c>, <c>8.0.11</c>, <c>10.0-preview</c>, <c>10.0.0-preview.3</c>, <c>3.0.100-preview9</c>.</summary>
    private static bool TryReadVersion(ref TagReader reader)
    {
        if (!reader.TryReadNumber("", 1, 3))
        {
            return false;
        }

        if (reader.TryReadAny(PreReleases))
        {
            return true;
        }

        foreach (string prefix in NumberedPreReleases)
        {
            if (reader.TryReadNumber(prefix, 1, 1))
            {
                break;
            }
        }

        return true;
    }

    /// <summary>The number of an SDK image that was built again, as in <c>8.0.401-1-jammy</c>.</summary>
    private static bool IsRebuild(ReadOnlySpan<char> part) => part is [>= '1' and <= '9'];

    private static bool IsDatedRelease(ReadOnlySpan<char> part)
    {
        int dot = part.LastIndexOf('.');
        return dot > 0 && DottedNumber.IsMatch(part[..dot], 2, 2) && IsDate(part[(dot + 1)..]);
    }

    private static bool IsDate(ReadOnlySpan<char> part) =>
        DateOnly.TryParseExact(part, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        && date.Year is >= 2015 and < 2100;

    /// <summary>A build of a Windows that has container images, and its revision: <c>10.0.20348.2966</c>.</summary>
    private static bool IsWindowsBuild(ReadOnlySpan<char> part)
    {
        const int MaxRevisionDigits = 5;
        int dot = part.LastIndexOf('.');
        if (dot < 0)
        {
            return false;
        }

        ReadOnlySpan<char> revision = part[(dot + 1)..];
        return part[..dot] is "10.0.14393" or "10.0.16299" or "10.0.17134" or "10.0.17763" or "10.0.18362" or "10.0.18363"
                or "10.0.19041" or "10.0.19042" or "10.0.20348" or "10.0.25398" or "10.0.26100"
            && revision.Length <= MaxRevisionDigits
            && DottedNumber.IsDigits(revision);
    }
}

/// <summary>Decides whether one part of a tag, the text between two dashes, is of an expected form.</summary>
internal delegate bool TagPartPredicate(ReadOnlySpan<char> part);

/// <summary>
/// Reads a tag from left to right in parts that dashes separate. Each read takes whole parts or nothing, so what has been read
/// consists of expected words and numbers only.
/// </summary>
internal ref struct TagReader(ReadOnlySpan<char> tag)
{
    private ReadOnlySpan<char> _rest = tag;

    /// <summary>Whether the whole tag has been read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads a word; it may contain dashes itself.</summary>
    public bool TryRead(string word) => _rest.StartsWith(word, StringComparison.Ordinal) && TryAdvance(word.Length);

    /// <summary>Reads the first of the words that matches at the current position.</summary>
    public bool TryReadAny(string[] words)
    {
        foreach (string word in words)
        {
            if (TryRead(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a dotted number that follows a prefix without a dash, such as <c>alpine3.20</c>.</summary>
    public bool TryReadNumber(string prefix, int minParts, int maxParts)
    {
        if (!_rest.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        int length = DottedNumber.Measure(_rest[prefix.Length..], out int parts);
        return length > 0 && parts >= minParts && parts <= maxParts && TryAdvance(prefix.Length + length);
    }

    /// <summary>Reads one part if it is of the given form.</summary>
    public bool TryReadPart(TagPartPredicate accepts)
    {
        int dash = _rest.IndexOf('-');
        int length = dash < 0 ? _rest.Length : dash;
        return accepts(_rest[..length]) && TryAdvance(length);
    }

    private bool TryAdvance(int length)
    {
        if (length == _rest.Length)
        {
            _rest = default;
            return true;
        }

        // A dash must separate two parts: neither "jammyx" nor "jammy-" is the word "jammy".
        if (_rest[length] != '-' || length + 1 == _rest.Length)
        {
            return false;
        }

        _rest = _rest[(length + 1)..];
        return true;
    }
}
