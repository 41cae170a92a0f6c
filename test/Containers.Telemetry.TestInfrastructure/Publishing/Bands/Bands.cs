namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>The bands of SDKs with container support, and imaginary ones.</summary>
public static class Bands
{
    private static readonly Band SdkOf8 = new("8.0")
    {
        BaseImageChoice = BaseImageChoice.OneRuntime,
        ImageIndex = ImageIndexSupport.None,
        HasToolParameters = true,
        KnowsDigests = false,
        RequiresBaseRegistry = true,
        RequiresBaseImageTag = true,
        RunsInTaskHost = false,
        SupportsConsoleByDefault = false,
    };

    private static readonly Band SeveralImagesByTags = SdkOf8 with
    {
        BaseImageChoice = BaseImageChoice.SeveralRuntimes,
        ImageIndex = ImageIndexSupport.KnownByTags,
    };

    private static readonly Band Installed = new("10.0.4xx and 11.0.1xx");

    /// <summary>All bands, each shape once. Releases whose targets differ from the last release of their band have a row of their own.</summary>
    public static IReadOnlyList<Band> All { get; } =
    [
        SdkOf8 with
        {
            Name = "8.0.1xx",
            BaseImageChoice = BaseImageChoice.TagOnly,
            NamesTasksEarly = true,
            GeneratesLabels = false,
            ReportsNames = false,
            HasTelemetry = false,
        },
        SdkOf8 with { Name = "8.0.2xx", ChoosesNamedBaseImage = false, GeneratesLabels = false, ReportsNames = false, HasTelemetry = false },
        SdkOf8 with { Name = "8.0.3xx", ChoosesNamedBaseImage = false, HasTelemetry = false },
        SdkOf8 with { Name = "8.0.400 to 8.0.404, 9.0.100 and 9.0.101" },
        SeveralImagesByTags with { Name = "8.0.405 and 8.0.406, 9.0.102 and 9.0.103", IndexHasBaseImage = false },
        SeveralImagesByTags with { Name = "8.0.4xx, 9.0.1xx and 9.0.2xx", RequiresBaseRegistry = false },
        SeveralImagesByTags with { Name = "9.0.3xx", RequiresBaseRegistry = false, RequiresBaseImageTag = false, SupportsConsoleByDefault = true },
        Installed with { Name = "10.0.1xx to 10.0.3xx", HasToolParameters = true, RunsInTaskHost = false },
        Installed,
        Installed with { Name = "after 11.0.1xx, as announced", HasAnnouncedParameters = true },
        Installed with { Name = "an unknown input", Oddity = BandOddity.UnknownInput },
        Installed with { Name = "an unknown output", Oddity = BandOddity.UnknownOutput },
        Installed with { Name = "a pushing task of another name", Oddity = BandOddity.PushesByAnotherTask },
        Installed with { Name = "no CreateNewImage", Oddity = BandOddity.LacksCreateNewImage },
    ];
}
