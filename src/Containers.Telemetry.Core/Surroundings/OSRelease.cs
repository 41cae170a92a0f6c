using Containers.Telemetry.Characters;

namespace Containers.Telemetry.Surroundings;

/// <summary>A Linux distribution from <c>os-release</c>: its name from a closed list, and its version if the name is known.</summary>
internal readonly record struct OSRelease(LinuxDistribution Distribution, NumericVersion? Version)
{
    private const int MaxChars = 4 * 1024;

    public static OSRelease Read(IMachineEnvironment machine) =>
        Parse(machine.ReadFile("/etc/os-release", MaxChars) ?? machine.ReadFile("/usr/lib/os-release", MaxChars));

    /// <summary>Reads the shell assignments of the file; as in a shell, the last one to a name counts.</summary>
    public static OSRelease Parse(string? content)
    {
        var distribution = LinuxDistribution.Other;
        NumericVersion? version = null;

        ReadOnlySpan<char> rest = content;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> value = rest.TakeUntil('\n');
            switch (value.TakeUntil('='))
            {
                case "ID":
                    distribution = FromId(Unquote(value.TrimEnd()));
                    break;
                case "VERSION_ID":
                    version = NumericVersion.Parse(Unquote(value.TrimEnd()));
                    break;
            }
        }

        return new OSRelease(distribution, distribution == LinuxDistribution.Other ? null : version);
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;

    private static LinuxDistribution FromId(ReadOnlySpan<char> id) => id switch
    {
        "almalinux" => LinuxDistribution.AlmaLinux,
        "alpine" => LinuxDistribution.Alpine,
        "amzn" => LinuxDistribution.AmazonLinux,
        "arch" => LinuxDistribution.Arch,
        "azurelinux" => LinuxDistribution.AzureLinux,
        "centos" => LinuxDistribution.CentOS,
        "debian" => LinuxDistribution.Debian,
        "fedora" => LinuxDistribution.Fedora,
        "gentoo" => LinuxDistribution.Gentoo,
        "kali" => LinuxDistribution.Kali,
        "linuxmint" => LinuxDistribution.LinuxMint,
        "manjaro" => LinuxDistribution.Manjaro,
        "mariner" => LinuxDistribution.CblMariner,
        "nixos" => LinuxDistribution.NixOS,
        "ol" => LinuxDistribution.OracleLinux,
        "opensuse-leap" => LinuxDistribution.OpenSuseLeap,
        "opensuse-tumbleweed" => LinuxDistribution.OpenSuseTumbleweed,
        "pop" => LinuxDistribution.PopOS,
        "raspbian" => LinuxDistribution.Raspbian,
        "rhel" => LinuxDistribution.RedHatEnterpriseLinux,
        "rocky" => LinuxDistribution.RockyLinux,
        "sles" => LinuxDistribution.SuseLinuxEnterprise,
        "ubuntu" => LinuxDistribution.Ubuntu,
        "wolfi" => LinuxDistribution.Wolfi,
        _ => LinuxDistribution.Other,
    };
}

/// <summary>A widely known Linux distribution, whose name does not identify a user.</summary>
public enum LinuxDistribution
{
    None,

    /// <summary>A distribution that is not in this list, or has no name.</summary>
    Other,

    AlmaLinux,
    Alpine,
    AmazonLinux,
    Arch,
    AzureLinux,

    /// <summary>CBL-Mariner, Azure Linux before its third version.</summary>
    CblMariner,

    CentOS,
    Debian,
    Fedora,
    Gentoo,
    Kali,
    LinuxMint,
    Manjaro,
    NixOS,
    OpenSuseLeap,
    OpenSuseTumbleweed,
    OracleLinux,
    PopOS,
    Raspbian,
    RedHatEnterpriseLinux,
    RockyLinux,
    SuseLinuxEnterprise,
    Ubuntu,
    Wolfi,
}

/// <summary>The first one or two numbers of a version, of at most four digits each, such as <c>12</c>, <c>10.0</c> or <c>24.04</c>.</summary>
public readonly record struct NumericVersion
{
    private const int MaxDigits = 4;

    private readonly int _minorDigits;

    private NumericVersion(int major, int? minor, int minorDigits)
    {
        Major = major;
        Minor = minor;
        _minorDigits = minorDigits;
    }

    public int Major { get; }

    /// <summary>The second number, or null when the version has but one.</summary>
    public int? Minor { get; }

    /// <summary>The first two numbers of a version, or null when there is none or one is out of bounds.</summary>
    public static NumericVersion? From(Version? version) =>
        version is null ? null : Parse(version.ToString(fieldCount: 2));

    /// <summary>The first two numbers of a dotted version, or null when the text does not begin with such numbers.</summary>
    public static NumericVersion? Parse(ReadOnlySpan<char> text)
    {
        bool hasMinor = text.Contains('.');
        if (ParseNumber(text.TakeUntil('.')) is not { } major)
        {
            return null;
        }

        if (!hasMinor)
        {
            return new NumericVersion(major, minor: null, minorDigits: 0);
        }

        ReadOnlySpan<char> second = text.TakeUntil('.');

        return ParseNumber(second) is { } minor ? new NumericVersion(major, minor, second.Length) : null;
    }

    /// <summary>The version as its maker writes it: <c>24.04</c> keeps its zero.</summary>
    public override string ToString()
    {
        string major = Major.ToString(CultureInfo.InvariantCulture);

        return Minor is { } minor
            ? $"{major}.{minor.ToString(CultureInfo.InvariantCulture).PadLeft(_minorDigits, '0')}"
            : major;
    }

    private static int? ParseNumber(ReadOnlySpan<char> text) =>
        text.Length <= MaxDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
