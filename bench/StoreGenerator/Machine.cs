namespace Containers.Telemetry.StoreGenerator;

/// <summary>The machine of a user.</summary>
internal sealed class Machine
{
    private static readonly Choice<string> Countries = new((22, "US"), (9, "DE"), (7, "GB"), (6, "IN"), (5, "NO"), (5, "NL"), (4, "FR"), (4, "BR"), (4, "SE"), (3, "PL"), (3, "CA"), (3, "AU"), (2, "JP"), (1, "NZ"), (0.2, "IS"));
    private static readonly Choice<string> CiProviders = new((46, "GitHubActions"), (30, "AzurePipelines"), (12, "GitLab"), (5, "Jenkins"), (3, "TeamCity"), (2, "CircleCI"), (1, "Unnamed"));
    private static readonly Choice<string> Hosts = new((70, "DotnetCli"), (20, "VisualStudio"), (10, "VSCode"));
    private static readonly Choice<string> Agents = new((90, "None"), (4, "ClaudeCode"), (3, "CopilotVSCode"), (2, "Codex"), (1, "Cursor"));
    private static readonly Choice<string> SystemsOfPeople = new((55, "Windows"), (25, "MacOS"), (20, "Linux"));
    private static readonly Choice<(string Name, string Version)> Distributions = new((60, ("Ubuntu", "24.04")), (15, ("Ubuntu", "22.04")), (15, ("Debian", "12")), (6, ("Fedora", "42")), (4, ("Alpine", "3.22")));

    public Machine(Random random, bool isCi)
    {
        CiProvider = isCi ? CiProviders.Next(random) : "None";
        Host = isCi ? "DotnetCli" : Hosts.Next(random);
        Agent = isCi ? "None" : Agents.Next(random);
        OSFamily = isCi ? (random.Next(10) == 0 ? "Windows" : "Linux") : SystemsOfPeople.Next(random);
        OSVersion = OSFamily switch
        {
            "Linux" => "6." + random.Next(1, 15),
            "MacOS" => "15." + random.Next(7),
            _ => "10.0.26100",
        };
        Distribution = OSFamily == "Linux" ? Distributions.Next(random) : null;
        Architecture = OSFamily == "MacOS" || random.Next(12) == 0 ? "Arm64" : "X64";
        IsWsl = OSFamily == "Linux" && !isCi && random.Next(3) == 0;
        ContainerRuntime = isCi && random.Next(4) == 0 ? "Docker" : "None";
        Country = Countries.Next(random);
        UpdateDelay = TimeSpan.FromDays(random.NextDouble() * random.NextDouble() * 300);
    }

    public string CiProvider { get; }

    public string Host { get; }

    public string Agent { get; }

    public string OSFamily { get; }

    public string OSVersion { get; }

    public (string Name, string Version)? Distribution { get; }

    public string Architecture { get; }

    public bool IsWsl { get; }

    public string ContainerRuntime { get; }

    public string Country { get; }

    /// <summary>The time from the release of a new SDK to its installation.</summary>
    public TimeSpan UpdateDelay { get; }
}
