namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>The way in which a band chooses a base image.</summary>
public enum BaseImageChoice
{
    /// <summary>The targets choose the repository, and <c>ComputeDotnetBaseImageTag</c> its tag.</summary>
    TagOnly,

    /// <summary><c>ComputeDotnetBaseImageAndTag</c> chooses for one runtime identifier.</summary>
    OneRuntime,

    /// <summary><c>ComputeDotnetBaseImageAndTag</c> chooses for a list of runtime identifiers.</summary>
    SeveralRuntimes,
}

/// <summary>The way in which a band makes several images and their index.</summary>
public enum ImageIndexSupport
{
    /// <summary>A publish makes one image.</summary>
    None,

    /// <summary>Tags alone mark the build of one image of several; <c>GeneratedContainers</c> lists the images.</summary>
    KnownByTags,

    /// <summary><c>_IsMultiRIDBuild</c> and <c>_IsSingleRIDBuild</c> also mark it; <c>GeneratedContainer</c> lists the images.</summary>
    KnownByRuntimes,
}

/// <summary>The reason why a band's publishes cannot be observed.</summary>
public enum BandOddity
{
    None,

    /// <summary>The targets pass an input that no SDK has passed.</summary>
    UnknownInput,

    /// <summary>The targets read an output that no SDK has.</summary>
    UnknownOutput,

    /// <summary>A task with another name pushes the image that <c>CreateNewImage</c> makes.</summary>
    PushesByAnotherTask,

    /// <summary>A task with another name does all the work of <c>CreateNewImage</c>.</summary>
    LacksCreateNewImage,
}

/// <summary>
/// The container support of a band of SDKs, as facts about its public source. <c>docs/sdks.md</c> calls these facts the table. The defaults describe
/// the installed SDK.
/// </summary>
/// <param name="Name">The name of the band, as users write it.</param>
public sealed record Band(string Name)
{
    public BaseImageChoice BaseImageChoice { get; init; } = BaseImageChoice.SeveralRuntimes;

    /// <summary>Whether the base image is chosen by a task where the user names one, too.</summary>
    public bool ChoosesNamedBaseImage { get; init; } = true;

    public ImageIndexSupport ImageIndex { get; init; } = ImageIndexSupport.KnownByRuntimes;

    /// <summary>Whether CreateNewImage has the parameters for the separate program that makes images for MSBuild on .NET Framework.</summary>
    public bool HasToolParameters { get; init; }

    /// <summary>Whether the targets pass base images by digest.</summary>
    public bool KnowsDigests { get; init; } = true;

    /// <summary>Whether the targets ask CreateNewImage for labels.</summary>
    public bool GeneratesLabels { get; init; } = true;

    /// <summary>Whether CreateNewImage reports the pushed images.</summary>
    public bool ReportsNames { get; init; } = true;

    /// <summary>Whether CreateNewImage requires a base registry.</summary>
    public bool RequiresBaseRegistry { get; init; }

    /// <summary>Whether CreateNewImage requires a base image tag.</summary>
    public bool RequiresBaseImageTag { get; init; }

    /// <summary>Whether CreateImageIndex gets the base image, and needs no registry to push to.</summary>
    public bool IndexHasBaseImage { get; init; } = true;

    /// <summary>Whether the tasks are registered for a .NET task host.</summary>
    public bool RunsInTaskHost { get; init; } = true;

    /// <summary>Whether a console program can be published without <c>EnableSdkContainerSupport</c>.</summary>
    public bool SupportsConsoleByDefault { get; init; } = true;

    /// <summary>
    /// Whether the task assembly is known before a package's targets are imported. This is so where the Web SDK imports the container props.
    /// </summary>
    public bool NamesTasksEarly { get; init; }

    /// <summary>Whether the tasks raise telemetry events of their own.</summary>
    public bool HasTelemetry { get; init; } = true;

    /// <summary>Whether the tasks have the parameters that are announced for the SDKs after 11.0.100.</summary>
    public bool HasAnnouncedParameters { get; init; }

    /// <summary>The reason why publishes cannot be observed.</summary>
    public BandOddity Oddity { get; init; }

    /// <summary>Whether the package can observe publishes, and not only bracket them.</summary>
    public bool IsObserved => Oddity == BandOddity.None;

    /// <inheritdoc />
    public override string ToString() => Name;
}
