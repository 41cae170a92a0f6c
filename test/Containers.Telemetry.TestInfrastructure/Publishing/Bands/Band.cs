namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>How a band chooses a base image.</summary>
public enum BaseImageChoice
{
    /// <summary>The targets choose the repository, and <c>ComputeDotnetBaseImageTag</c> its tag.</summary>
    TagOnly,

    /// <summary><c>ComputeDotnetBaseImageAndTag</c> chooses for one runtime identifier.</summary>
    OneRuntime,

    /// <summary><c>ComputeDotnetBaseImageAndTag</c> chooses for a list of runtime identifiers.</summary>
    SeveralRuntimes,
}

/// <summary>How a band makes several images and an index of them.</summary>
public enum ImageIndexSupport
{
    /// <summary>It makes one image a publish.</summary>
    None,

    /// <summary>The build of one image of several is known by its tags alone; images are listed in <c>GeneratedContainers</c>.</summary>
    KnownByTags,

    /// <summary>It is also known by <c>_IsMultiRIDBuild</c> and <c>_IsSingleRIDBuild</c>; images are listed in <c>GeneratedContainer</c>.</summary>
    KnownByRuntimes,
}

/// <summary>What is wrong with a band whose publishes cannot be observed.</summary>
public enum BandOddity
{
    None,

    /// <summary>A task is passed an input that no SDK has passed.</summary>
    UnknownInput,

    /// <summary>An output is taken that no SDK has.</summary>
    UnknownOutput,

    /// <summary>A task of another name pushes the image that <c>CreateNewImage</c> makes.</summary>
    PushesByAnotherTask,

    /// <summary>A task of another name does all that <c>CreateNewImage</c> did.</summary>
    LacksCreateNewImage,
}

/// <summary>
/// The container support of a band of SDKs, as facts about its public source: what <c>docs/sdks.md</c> calls the table. The defaults are the
/// installed SDK's.
/// </summary>
/// <param name="Name">The band as people write it.</param>
public sealed record Band(string Name)
{
    public BaseImageChoice BaseImageChoice { get; init; } = BaseImageChoice.SeveralRuntimes;

    public ImageIndexSupport ImageIndex { get; init; } = ImageIndexSupport.KnownByRuntimes;

    /// <summary>Whether CreateNewImage has the parameters of the program that makes images for MSBuild on .NET Framework.</summary>
    public bool HasToolParameters { get; init; }

    /// <summary>Whether base images are passed by digest.</summary>
    public bool KnowsDigests { get; init; } = true;

    /// <summary>Whether CreateNewImage is asked for labels.</summary>
    public bool GeneratesLabels { get; init; } = true;

    /// <summary>Whether CreateNewImage reports what it has pushed.</summary>
    public bool ReportsNames { get; init; } = true;

    /// <summary>Whether CreateNewImage requires a base registry.</summary>
    public bool RequiresBaseRegistry { get; init; }

    /// <summary>Whether CreateNewImage requires a tag of the base image.</summary>
    public bool RequiresBaseImageTag { get; init; }

    /// <summary>Whether CreateImageIndex is told the base image, and needs no registry to push to.</summary>
    public bool IndexHasBaseImage { get; init; } = true;

    /// <summary>Whether tasks are registered for a .NET task host.</summary>
    public bool RunsInTaskHost { get; init; } = true;

    /// <summary>Whether a console program is published without <c>EnableSdkContainerSupport</c>.</summary>
    public bool SupportsConsoleByDefault { get; init; } = true;

    /// <summary>Whether the task assembly is known before a package's targets are imported, as where the Web SDK imports the container props.</summary>
    public bool NamesTasksEarly { get; init; }

    /// <summary>Whether the tasks raise telemetry events of their own.</summary>
    public bool HasTelemetry { get; init; } = true;

    /// <summary>Whether tasks have the parameters that are announced for the SDKs after 11.0.100.</summary>
    public bool HasAnnouncedParameters { get; init; }

    /// <summary>What keeps publishes from being observed.</summary>
    public BandOddity Oddity { get; init; }

    /// <summary>Whether the package can observe publishes, and not only their end.</summary>
    public bool IsObserved => Oddity == BandOddity.None;

    /// <inheritdoc />
    public override string ToString() => Name;
}
