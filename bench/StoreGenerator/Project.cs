namespace Containers.Telemetry.StoreGenerator;

/// <summary>A project that is published repeatedly.</summary>
internal sealed class Project
{
    private const string Mcr = "mcr.microsoft.com/dotnet/";
    private const string NewFeature = "ContainerImageFormat";

    private static readonly DateTimeOffset NewFeatureReleased = new(2026, 5, 12, 0, 0, 0, TimeSpan.Zero);

    private static readonly Choice<string> Frameworks = new((55, "10.0"), (15, "9.0"), (25, "8.0"), (3, "7.0"), (5, "6.0"));
    private static readonly Choice<string> Modes = new((78, "FrameworkDependent"), (10, "SelfContained"), (6, "Trimmed"), (6, "Aot"));
    private static readonly Choice<string?> Families = new((70, null), (12, "noble-chiseled"), (10, "alpine"), (5, "jammy"), (3, "jammy-chiseled"));
    private static readonly Choice<(string? Remote, string? Local)> Destinations = new(
        (34, ("Azure", null)), (14, ("AWS", null)), (12, ("GitHub", null)), (8, ("Google", null)), (7, ("DockerHub", null)), (6, ("Other", null)),
        (14, (null, "Docker")), (3, (null, "Podman")), (2, (null, "Tarball")));

    private static readonly string[] PossibleFeatures =
        ["ContainerRepository", "ContainerImageTags", "ContainerPort", "ContainerEnvironmentVariable", "ContainerLabel", "ContainerUser", "ContainerEntrypoint", "ContainerImageTag"];

    private readonly string[] _features;
    private readonly string[] _featuresWithNew;

    public Project(Random random, bool isCi, bool isSingleArchitecture)
    {
        Id = Convert.ToHexStringLower(Bytes(random, 16));
        Machine = new Machine(random, isCi);
        Framework = Frameworks.Next(random);
        IsWeb = random.Next(10) < 7;
        Mode = Modes.Next(random);
        Family = Families.Next(random);
        Destination = isCi ? Destinations.Next(random) : random.Next(2) == 0 ? (null, "Docker") : Destinations.Next(random);
        IsMicrosoftImage = random.Next(100) < 88;
        IsInferred = IsMicrosoftImage && random.Next(100) < 80;
        PullKind = IsMicrosoftImage ? "MCR" : random.Next(2) == 0 ? "DockerHub" : "Azure";
        BaseImage = Mcr + (Mode is "FrameworkDependent" ? (IsWeb ? "aspnet" : "runtime") : "runtime-deps");
        BaseImageTag = Framework + (Family is null ? "" : "-" + Family);
        string libc = Family == "alpine" ? "linux-musl-" : "linux-";
        RuntimeIdentifiers = !isSingleArchitecture && random.Next(100) < 6 ? [libc + "arm64", libc + "x64"] : [random.Next(8) == 0 ? libc + "arm64" : libc + "x64"];
        IsInvariant = Family is "alpine" or "noble-chiseled" or "jammy-chiseled";
        ImageSize = (long)(Math.Exp(random.NextDouble() * 1.6) * (Mode switch { "Aot" => 18e6, "Trimmed" => 38e6, "SelfContained" => 75e6, _ => 65e6 }));
        DurationMilliseconds = 400 + Math.Exp(6 + (random.NextDouble() * 2.4));
        FailureRate = random.NextDouble() * random.NextDouble() * 0.26;
        _features = [.. PossibleFeatures.Where(_ => random.Next(4) == 0).Append(Family is null ? null : "ContainerFamily").Append(Destination.Remote is null ? null : "ContainerRegistry")
            .Append(IsInferred ? null : "ContainerBaseImage").OfType<string>().Order(StringComparer.Ordinal)];
        _featuresWithNew = [.. _features.Append(NewFeature).Order(StringComparer.Ordinal)];
        Invocation = random.Next(3) switch { 0 => ["PublishProfile"], 1 => ["Target"], _ => ["DefaultContainerProfile", "Target"] };
        Team = new Choice<string>((5, "payments"), (3, "search"), (2, "platform"), (1, "data")).Next(random);
        NewFeatureAt = NewFeatureReleased.AddDays(random.NextDouble() * random.NextDouble() * 600);
        LayerCount = random.Next(4, 9);
        TagCount = random.Next(1, 4);
        LabelCount = random.Next(6, 10);
        PortCount = IsWeb ? random.Next(1, 3) : 0;
        VariableCount = random.Next(5);
    }

    public string Id { get; }

    public Machine Machine { get; }

    public string Framework { get; }

    public bool IsWeb { get; }

    public string Mode { get; }

    public string? Family { get; }

    public (string? Remote, string? Local) Destination { get; }

    public bool IsMicrosoftImage { get; }

    public bool IsInferred { get; }

    public string PullKind { get; }

    public string BaseImage { get; }

    public string BaseImageTag { get; }

    public string[] RuntimeIdentifiers { get; }

    public bool IsInvariant { get; }

    /// <summary>The approximate size of its images, in bytes.</summary>
    public long ImageSize { get; }

    /// <summary>The approximate duration of its publishes.</summary>
    public double DurationMilliseconds { get; }

    /// <summary>The share of its publishes that fail, from 0 to 1.</summary>
    public double FailureRate { get; }

    /// <summary>The time from which it uses a feature that no project used before.</summary>
    public DateTimeOffset NewFeatureAt { get; }

    public string[] Invocation { get; }

    /// <summary>Returns the features that it uses at a moment.</summary>
    public string[] FeaturesAt(DateTimeOffset time) => time < NewFeatureAt ? _features : _featuresWithNew;

    public string Team { get; }

    public int LayerCount { get; }

    public int TagCount { get; }

    public int LabelCount { get; }

    public int PortCount { get; }

    public int VariableCount { get; }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
