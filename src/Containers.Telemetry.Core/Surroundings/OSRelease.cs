namespace Containers.Telemetry.Surroundings;

/// <summary>
/// What <c>os-release</c> says of a Linux distribution: its name out of the closed list, and the version
/// if there is a name for it to belong to.
/// </summary>
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
