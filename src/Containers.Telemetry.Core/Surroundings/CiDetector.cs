using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>Detects the continuous integration service by the variables that it sets for its jobs.</summary>
internal static class CiDetector
{
    /// <summary>In order: a service's own variables come before those that several services share.</summary>
    internal static readonly VariableRule<CiProvider>[] Rules =
    [
        new(CiProvider.AzurePipelines, Flag("TF_BUILD")),
        new(CiProvider.AzurePipelines, Set("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI")),
        // Forgejo and Gitea run GitHub's workflows, and set GITHUB_ACTIONS for them. Forgejo's runner sets Gitea's variable, too.
        new(CiProvider.ForgejoActions, Flag("FORGEJO_ACTIONS")),
        new(CiProvider.GiteaActions, Flag("GITEA_ACTIONS")),
        new(CiProvider.GitHubActions, Flag("GITHUB_ACTIONS")),
        new(CiProvider.GitLab, Flag("GITLAB_CI")),
        new(CiProvider.TeamCity, Set("TEAMCITY_VERSION")),
        new(CiProvider.CircleCI, Flag("CIRCLECI")),
        new(CiProvider.Travis, Flag("TRAVIS")),
        new(CiProvider.AppVeyor, Flag("APPVEYOR")),
        new(CiProvider.Buildkite, Flag("BUILDKITE")),
        new(CiProvider.AwsCodeBuild, Set("CODEBUILD_BUILD_ID")),
        new(CiProvider.AwsCodeBuild, Set("CODEBUILD_BUILD_ARN")),
        new(CiProvider.BitbucketPipelines, Set("BITBUCKET_BUILD_NUMBER")),
        new(CiProvider.BitbucketPipelines, Set("BITBUCKET_COMMIT")),
        new(CiProvider.Bamboo, Set("BAMBOO_BUILD_NUMBER")),
        new(CiProvider.Bamboo, Set("bamboo_planKey")),
        new(CiProvider.JetBrainsSpace, Set("JB_SPACE_API_URL")),
        new(CiProvider.Drone, Flag("DRONE")),
        new(CiProvider.Semaphore, Flag("SEMAPHORE")),
        new(CiProvider.Bitrise, Flag("BITRISE_IO")),
        new(CiProvider.Buddy, Set("BUDDY_WORKSPACE_ID")),
        new(CiProvider.CirrusCI, Flag("CIRRUS_CI")),
        new(CiProvider.Codeship, Value("CI_NAME", "codeship")),
        new(CiProvider.GoCD, Set("GO_PIPELINE_LABEL")),
        new(CiProvider.Netlify, Flag("NETLIFY")),
        new(CiProvider.Nevercode, Flag("NEVERCODE")),
        new(CiProvider.Render, Flag("RENDER")),
        new(CiProvider.Sail, Flag("SAILCI")),
        new(CiProvider.Shippable, Flag("SHIPPABLE")),
        new(CiProvider.Solano, Flag("TDDIUM")),
        new(CiProvider.Strider, Flag("STRIDER")),
        new(CiProvider.Vercel, Flag("NOW_BUILDER")),
        new(CiProvider.Magnum, Flag("MAGNUM")),
        new(CiProvider.Dsari, Flag("DSARI")),
        new(CiProvider.Jenkins, Set("JENKINS_URL")),
        new(CiProvider.Jenkins, Set("HUDSON_URL")),
        // PROJECT_ID is a common name, BUILD_URL is not: a Jenkins job may have all three.
        new(CiProvider.Jenkins, Set("BUILD_ID"), Set("BUILD_URL")),
        new(CiProvider.GoogleCloudBuild, Set("BUILD_ID"), Set("PROJECT_ID")),
        // RUN_ID counts from 0, so 0 does not mean false here.
        new(CiProvider.TaskCluster, Set("TASK_ID"), Set("RUN_ID")),
        new(CiProvider.Unnamed, Flag("CI")),
        new(CiProvider.Unnamed, Flag("CONTINUOUS_INTEGRATION")),
        new(CiProvider.Unnamed, Set("BUILD_ID")),
        new(CiProvider.Unnamed, Set("BUILD_NUMBER")),
        new(CiProvider.Unnamed, Set("RUN_ID")),
        new(CiProvider.Unnamed, Set("COPILOT_API_URL")),
    ];

    public static CiProvider Detect(IMachineEnvironment machine) =>
        VariableRule<CiProvider>.FirstMatch(Rules, machine) ?? CiProvider.None;
}

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
    ForgejoActions,
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
