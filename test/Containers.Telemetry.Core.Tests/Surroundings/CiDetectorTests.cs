using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class CiDetectorTests
{
    [TestMethod]
    [DataRow("TF_BUILD=True", CiProvider.AzurePipelines)]
    [DataRow("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI=https://dev.azure.example/", CiProvider.AzurePipelines)]
    [DataRow("FORGEJO_ACTIONS=true", CiProvider.ForgejoActions)]
    [DataRow("GITEA_ACTIONS=true", CiProvider.GiteaActions)]
    [DataRow("GITHUB_ACTIONS=true", CiProvider.GitHubActions)]
    [DataRow("GITLAB_CI=true", CiProvider.GitLab)]
    [DataRow("JENKINS_URL=https://jenkins.example/", CiProvider.Jenkins)]
    [DataRow("JENKINS_URL=https://jenkins.example/;BUILD_ID=7", CiProvider.Jenkins)]
    [DataRow("BUILD_ID=7;BUILD_URL=https://jenkins.example/job/7", CiProvider.Jenkins)]
    [DataRow("HUDSON_URL=https://hudson.example/", CiProvider.Jenkins)]
    [DataRow("TEAMCITY_VERSION=2025.07", CiProvider.TeamCity)]
    [DataRow("CIRCLECI=true", CiProvider.CircleCI)]
    [DataRow("TRAVIS=true", CiProvider.Travis)]
    [DataRow("APPVEYOR=True", CiProvider.AppVeyor)]
    [DataRow("BUILDKITE=true", CiProvider.Buildkite)]
    [DataRow("CODEBUILD_BUILD_ID=project:1", CiProvider.AwsCodeBuild)]
    [DataRow("CODEBUILD_BUILD_ID=project:1;AWS_REGION=eu-west-1", CiProvider.AwsCodeBuild)]
    [DataRow("CODEBUILD_BUILD_ARN=arn:aws:codebuild", CiProvider.AwsCodeBuild)]
    [DataRow("BUILD_ID=7;PROJECT_ID=shop", CiProvider.GoogleCloudBuild)]
    [DataRow("BITBUCKET_BUILD_NUMBER=0", CiProvider.BitbucketPipelines)]
    [DataRow("BITBUCKET_COMMIT=0a1b2c", CiProvider.BitbucketPipelines)]
    [DataRow("BAMBOO_BUILD_NUMBER=3", CiProvider.Bamboo)]
    [DataRow("bamboo_planKey=SHOP-MAIN", CiProvider.Bamboo)]
    [DataRow("JB_SPACE_API_URL=https://space.example", CiProvider.JetBrainsSpace)]
    [DataRow("DRONE=true", CiProvider.Drone)]
    [DataRow("SEMAPHORE=true", CiProvider.Semaphore)]
    [DataRow("BITRISE_IO=true", CiProvider.Bitrise)]
    [DataRow("BUDDY_WORKSPACE_ID=12", CiProvider.Buddy)]
    [DataRow("CIRRUS_CI=true", CiProvider.CirrusCI)]
    [DataRow("CI_NAME=codeship", CiProvider.Codeship)]
    [DataRow("GO_PIPELINE_LABEL=14", CiProvider.GoCD)]
    [DataRow("NETLIFY=true", CiProvider.Netlify)]
    [DataRow("NEVERCODE=true", CiProvider.Nevercode)]
    [DataRow("RENDER=true", CiProvider.Render)]
    [DataRow("SAILCI=true", CiProvider.Sail)]
    [DataRow("SHIPPABLE=true", CiProvider.Shippable)]
    [DataRow("TDDIUM=1", CiProvider.Solano)]
    [DataRow("STRIDER=1", CiProvider.Strider)]
    [DataRow("TASK_ID=a;RUN_ID=0", CiProvider.TaskCluster)]
    [DataRow("NOW_BUILDER=1", CiProvider.Vercel)]
    [DataRow("MAGNUM=true", CiProvider.Magnum)]
    [DataRow("DSARI=1", CiProvider.Dsari)]
    [DataRow("CI=true", CiProvider.Unnamed)]
    [DataRow("CI=woodpecker", CiProvider.Unnamed)]
    [DataRow("CONTINUOUS_INTEGRATION=true", CiProvider.Unnamed)]
    [DataRow("BUILD_ID=7", CiProvider.Unnamed)]
    [DataRow("BUILD_NUMBER=0", CiProvider.Unnamed)]
    [DataRow("RUN_ID=0", CiProvider.Unnamed)]
    [DataRow("COPILOT_API_URL=https://copilot.example", CiProvider.Unnamed)]
    [DataRow("", CiProvider.None)]
    public void Detect_VariablesOfOneService_ReturnsTheService(string variables, CiProvider expected) =>
        Assert.AreEqual(expected, CiDetector.Detect(FakeMachine.WithVariables(variables)));

    [TestMethod]
    [DataRow("JENKINS_URL=u;BUILD_ID=7;PROJECT_ID=shop", CiProvider.Jenkins, DisplayName = "Jenkins with a PROJECT_ID of its own")]
    [DataRow("BUILD_ID=7;BUILD_URL=u;PROJECT_ID=shop", CiProvider.Jenkins, DisplayName = "A BUILD_URL beats a PROJECT_ID")]
    [DataRow("BUILD_ID=7;PROJECT_ID=shop;CI=true;BUILD_NUMBER=7", CiProvider.GoogleCloudBuild, DisplayName = "Cloud Build and shared names")]
    [DataRow("PROJECT_ID=shop", CiProvider.None, DisplayName = "A PROJECT_ID alone is anybody's")]
    [DataRow("BUILD_URL=u", CiProvider.None, DisplayName = "A BUILD_URL alone is anybody's")]
    [DataRow("TASK_ID=a", CiProvider.None, DisplayName = "A TASK_ID alone is anybody's")]
    [DataRow("AWS_REGION=eu-west-1", CiProvider.None, DisplayName = "An AWS_REGION alone is anybody's")]
    [DataRow("CI=true;GITHUB_ACTIONS=true", CiProvider.GitHubActions, DisplayName = "GitHub sets CI, too")]
    [DataRow("GITHUB_ACTIONS=true;GITEA_ACTIONS=true", CiProvider.GiteaActions, DisplayName = "Gitea sets GitHub's variable, too")]
    [DataRow("GITHUB_ACTIONS=true;GITEA_ACTIONS=true;FORGEJO_ACTIONS=true", CiProvider.ForgejoActions, DisplayName = "Forgejo sets both variables, too")]
    [DataRow("GITHUB_ACTIONS=true;CODEBUILD_BUILD_ID=p:1", CiProvider.GitHubActions, DisplayName = "A GitHub runner on CodeBuild")]
    [DataRow("TEAMCITY_VERSION=2025.07;BUILD_NUMBER=4", CiProvider.TeamCity, DisplayName = "TeamCity sets BUILD_NUMBER, too")]
    [DataRow("CI=true;CI_NAME=codeship", CiProvider.Codeship, DisplayName = "Codeship sets CI, too")]
    [DataRow("CI=true;CI_NAME=acme-secret", CiProvider.Unnamed, DisplayName = "An unknown CI_NAME is not kept")]
    public void Detect_VariablesOfSeveralServices_ReturnsTheMostSpecific(string variables, CiProvider expected) =>
        Assert.AreEqual(expected, CiDetector.Detect(FakeMachine.WithVariables(variables)));

    [TestMethod]
    [DataRow("")]
    [DataRow("  ")]
    [DataRow("0")]
    [DataRow("false")]
    [DataRow("False")]
    [DataRow(" FALSE ")]
    public void Detect_FlagThatSaysNo_IsNotPresent(string value)
    {
        FakeMachine machine = new() { Variables = { ["CI"] = value, ["TF_BUILD"] = value, ["GITHUB_ACTIONS"] = value } };

        Assert.AreEqual(CiProvider.None, CiDetector.Detect(machine));
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("true")]
    [DataRow("TRUE")]
    [DataRow("yes")]
    public void Detect_FlagThatSaysYes_IsPresent(string value)
    {
        FakeMachine machine = new() { Variables = { ["GITLAB_CI"] = value } };

        Assert.AreEqual(CiProvider.GitLab, CiDetector.Detect(machine));
    }

    [TestMethod]
    public void Detect_FlagThatSaysNo_DoesNotHideAnotherService()
    {
        FakeMachine machine = FakeMachine.WithVariables("TF_BUILD=false;CI=0;BUILDKITE=1");

        Assert.AreEqual(CiProvider.Buildkite, CiDetector.Detect(machine));
    }

    [TestMethod]
    public void Detect_BlankIdentifier_IsNotPresent()
    {
        FakeMachine machine = FakeMachine.WithVariables("JENKINS_URL= ;BUILD_ID=");

        Assert.AreEqual(CiProvider.None, CiDetector.Detect(machine));
    }

    [TestMethod]
    public void Every_provider_has_a_rule()
    {
        CollectionAssert.AreEquivalent(
            Enum.GetValues<CiProvider>().Where(provider => provider != CiProvider.None).ToList(),
            CiDetector.Rules.Select(rule => rule.Meaning).Distinct().ToList());
    }
}
