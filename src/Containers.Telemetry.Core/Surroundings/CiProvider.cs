namespace Containers.Telemetry.Surroundings;

/// <summary>The continuous integration service that runs the publish.</summary>
public enum CiProvider
{
    /// <summary>Not in continuous integration, as far as can be seen.</summary>
    None,

    /// <summary>In continuous integration, of a service that is not in this list.</summary>
    Unnamed,

    AppVeyor,
    AwsCodeBuild,
    AzurePipelines,
    Bamboo,
    BitbucketPipelines,
    Bitrise,
    Buddy,
    Buildkite,
    CircleCI,
    CirrusCI,
    Codeship,
    Drone,
    Dsari,
    GitHubActions,
    GitLab,
    GiteaActions,
    GoCD,
    GoogleCloudBuild,

    /// <summary>Jenkins, and Hudson before it.</summary>
    Jenkins,

    JetBrainsSpace,
    Magnum,
    Netlify,
    Nevercode,
    Render,
    Sail,
    Semaphore,
    Shippable,
    Solano,
    Strider,
    TaskCluster,
    TeamCity,
    Travis,
    Vercel,
}
