namespace Containers.Telemetry.Classification;

/// <summary>The runtime identifiers that .NET knows: <c>os[.version][-architecture]</c>, of listed names and bounded numbers.</summary>
internal static class RuntimeIdentifiers
{
    /// <summary>Replaces an unknown identifier.</summary>
    public const string Other = "other";

    public static bool IsKnown(ReadOnlySpan<char> rid)
    {
        int dash = rid.LastIndexOf('-');
        return dash >= 0 && IsArchitecture(rid[(dash + 1)..]) ? IsOperatingSystem(rid[..dash]) : IsOperatingSystem(rid);
    }

    /// <summary>Returns the identifier itself if it is known, else <see cref="Other"/>.</summary>
    public static string Canonical(string rid) => IsKnown(rid) ? rid : Other;

    private static bool IsOperatingSystem(ReadOnlySpan<char> text)
    {
        int dot = text.IndexOf('.');
        return dot < 0
            ? IsUnversionedSystem(text) || IsVersionedSystem(text)
            : IsVersionedSystem(text[..dot]) && DottedNumber.IsMatch(text[(dot + 1)..], 1, 3);
    }

    private static bool IsUnversionedSystem(ReadOnlySpan<char> name) => name is
        "linux" or "linux-musl" or "linux-bionic" or "win" or "unix" or "any" or "base"
        or "win10" or "win81" or "win8" or "win7"
        or "arch" or "browser" or "exherbo" or "gentoo" or "haiku" or "illumos" or "manjaro" or "openindiana" or "wasi";

    private static bool IsVersionedSystem(ReadOnlySpan<char> name) => name is
        "osx" or "freebsd" or "alpine" or "android" or "centos" or "debian" or "fedora" or "ios" or "iossimulator" or "linuxmint"
        or "maccatalyst" or "miraclelinux" or "ol" or "omnios" or "opensuse" or "rhel" or "rocky" or "sles" or "smartos" or "solaris"
        or "tizen" or "tvos" or "tvossimulator" or "ubuntu";

    /// <summary>The SDK makes the last three from a manifest's <c>arm</c> platform with a variant.</summary>
    private static bool IsArchitecture(ReadOnlySpan<char> name) => name is
        "x64" or "arm64" or "x86" or "arm" or "armel" or "loongarch64" or "mips64" or "ppc64le" or "riscv64" or "s390x" or "wasm"
        or "armv5" or "armv6" or "armv8";
}
