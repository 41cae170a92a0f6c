namespace Containers.Telemetry.Classification;

/// <summary>
/// The operating system and variant of a .NET image, such as <c>noble-chiseled-extra</c>: the middle of a tag, and what
/// <c>ContainerFamily</c> takes. The only list of the words for operating systems and variants in Microsoft's tags.
/// </summary>
internal static class ImageFamily
{
    /// <summary>Releases of Ubuntu by code name.</summary>
    public static readonly string[] UbuntuReleases = ["bionic", "disco", "focal", "jammy", "noble", "resolute"];

    /// <summary>Releases of Debian by code name. Most .NET images are built on the slim form, which comes first, since the longest word must match.</summary>
    public static readonly string[] DebianReleases =
    [
        "stretch-slim", "buster-slim", "bullseye-slim", "bookworm-slim", "trixie-slim",
        "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie",
    ];

    /// <summary>Releases of Windows that have container images.</summary>
    public static readonly string[] WindowsReleases =
        ["ltsc2025", "ltsc2022", "ltsc2019", "ltsc2016", "sac2016", "20H2", "2009", "2004", "1909", "1903", "1809", "1803", "1709"];

    private static readonly string[] AzureLinuxNames = ["azurelinux", "cbl-mariner"];
    private static readonly string[] WindowsEditions = ["nanoserver", "windowsservercore"];

    /// <summary>Reads a family; does not move the reader when there is none.</summary>
    public static bool TryRead(ref TagReader reader) =>
        TryReadUbuntu(ref reader)
        || TryReadAlpine(ref reader)
        || TryReadDebian(ref reader)
        || TryReadAzureLinux(ref reader)
        || TryReadWindows(ref reader, WindowsEditions);

    /// <summary>Reads a Windows edition and the release that must follow it.</summary>
    public static bool TryReadWindows(ref TagReader reader, string[] editions)
    {
        TagReader ahead = reader;
        if (!ahead.TryReadAny(editions) || !ahead.TryReadAny(WindowsReleases))
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    /// <summary>Reads <c>chiseled</c> and the variants of a chiseled image.</summary>
    public static bool TryReadChiseled(ref TagReader reader)
    {
        if (!reader.TryRead("chiseled"))
        {
            return false;
        }

        ReadVariants(ref reader);
        return true;
    }

    private static bool TryReadUbuntu(ref TagReader reader)
    {
        // Images of dotnet-monitor say "ubuntu" in place of a release.
        if (!reader.TryReadAny(UbuntuReleases) && !reader.TryRead("ubuntu"))
        {
            return false;
        }

        _ = TryReadChiseled(ref reader) || reader.TryRead("aot");
        return true;
    }

    private static bool TryReadDebian(ref TagReader reader)
    {
        if (!reader.TryReadAny(DebianReleases))
        {
            return false;
        }

        reader.TryRead("aot");
        return true;
    }

    private static bool TryReadAlpine(ref TagReader reader)
    {
        if (!TryReadNameOrRelease(ref reader, "alpine"))
        {
            return false;
        }

        ReadVariants(ref reader);
        return true;
    }

    private static bool TryReadAzureLinux(ref TagReader reader)
    {
        foreach (string name in AzureLinuxNames)
        {
            if (TryReadNameOrRelease(ref reader, name))
            {
                if (reader.TryRead("distroless"))
                {
                    ReadVariants(ref reader);
                }
                else
                {
                    reader.TryRead("aot");
                }

                return true;
            }
        }

        return false;
    }

    private static bool TryReadNameOrRelease(ref TagReader reader, string name) => reader.TryRead(name) || reader.TryReadNumber(name, 2, 2);

    private static void ReadVariants(ref TagReader reader)
    {
        reader.TryRead("composite");
        _ = reader.TryRead("extra") || reader.TryRead("aot");
    }
}
