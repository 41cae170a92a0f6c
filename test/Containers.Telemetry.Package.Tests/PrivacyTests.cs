using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>
/// A word that nobody else has stands wherever a user can write something. Whatever becomes of the publish, the word is in nothing that is
/// collected.
/// </summary>
[TestClass]
public sealed class PrivacyTests
{
    private const string WithFamily = "A success with a family and credentials of the environment";

    // A word that is valid in each grammar: of hosts, repositories, tags, identifiers, files and variables.
    private static readonly string Word = "zq" + RandomNumberGenerator.GetHexString(10, lowercase: true);
    private static readonly string Repository = $"{Word}team/{Word}app";
    private static readonly string Host = $"{Word}.azurecr.io";

    private static readonly ProjectShape Shape = new()
    {
        Name = Word + "project",
        Properties =
        [
            new("Authors", Word + "author"),
            new("Description", Word + "description"),
            new("ContainerUser", Word + "user"),
            new("ContainerWorkingDirectory", $"/{Word}folder"),
        ],
        Content = $"""
              <ItemGroup>
                <ContainerLabel Include="{Word}.label" Value="{Word}labelvalue" />
                <ContainerEnvironmentVariable Include="{Word}VARIABLE" Value="{Word}variablevalue" />
                <ContainerPort Include="80" Type="$(PortType)" Condition="'$(PortType)' != ''" />
              </ItemGroup>
            """,
    };

    private static readonly Dictionary<string, Scenario> Scenarios = new[]
    {
        Publish(WithFamily, ("ContainerFamily", Word + "family")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                BaseImages.Seed(stage.Registry, "dotnet/runtime", $"10.0-{Word}family", host: "mcr.microsoft.com");
                stage.Registry.RequireCredentials(Repository, Word + "name", Word + "password");
                stage.Variables["DOTNET_CONTAINER_REGISTRY_UNAME"] = Word + "name";
                stage.Variables["DOTNET_CONTAINER_REGISTRY_PWORD"] = Word + "password";
            },
        },
        Publish("A success with a base image on MCR and credentials of docker", ("ContainerBaseImage", $"mcr.microsoft.com/{Word}/base:{Word}basetag")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                BaseImages.Seed(stage.Registry, Word + "/base", Word + "basetag", host: "mcr.microsoft.com");
                stage.Registry.RequireCredentials(Repository, Word + "name", Word + "password");
                string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Word}name:{Word}password"));
                string docker = Directory.CreateDirectory(Path.Combine(stage.Variables["HOME"], ".docker")).FullName;
                File.WriteAllText(Path.Combine(docker, "config.json"), $$"""{ "auths": { "{{Host}}": { "auth": "{{credentials}}" } } }""");
            },
        },
        Refused("A push that is refused", TransferDirection.Push, FaultEffect.Status(403, Word + "body")),
        Refused("A push that meets a broken registry", TransferDirection.Push, FaultEffect.Status(500, Word + "body")),
        Refused("A push without credentials", TransferDirection.Push, FaultEffect.Unauthorized(ChallengeScheme.Bearer, Word + "body")),
        Publish("A manifest that is no JSON", ("ContainerBaseImage", $"{Word}.example/{Word}/base:{Word}basetag")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                BaseImages.Seed(stage.Registry, Word + "/base", Word + "basetag");
                stage.Registry.Faults.Set(Word + "/base", new Fault(TransferDirection.Pull, FaultEffect.NotJson(Word + "page")) { Steps = TransferSteps.Manifest });
            },
            Succeeds = false,
        },
        Publish("A host that nobody finds", ("ContainerBaseImage", $"{Word}.invalid/base:1")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                stage.Proxy.Map(ProxyRoute.Unknown, Word + ".invalid");
            },
            Succeeds = false,
        },
        Publish("A runtime that nobody knows", ("ContainerRuntimeIdentifier", Word + "-x64")) with { Succeeds = false },
        Publish("A tag that is none", ("ContainerImageTag", $"-{Word}tag")) with { Succeeds = false },
        Publish("A port type that is none", ("PortType", Word + "type")) with { Succeeds = false },
        Publish("A registry that is none", ("ContainerImageTag", Word + "tag")) with { Registry = $"{Word} registry", Succeeds = false },
        Publish("An archive", ("ContainerArchiveOutputPath", $"{Word}out/image.tar.gz")) with { Registry = null },
        Publish("A docker that fails to load", ("LocalRegistry", "Docker")) with
        {
            Arrange = stage =>
            {
                Surround(stage);
                stage.UsePrograms((ContainerCli.Docker, ContainerCliBehavior.LoadFails(Word + "error")));
            },
            Registry = null,
            Succeeds = false,
        },
    }.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    public static IEnumerable<object[]> Names => Scenarios.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Word_of_the_user_is_in_nothing_that_is_collected(string name)
    {
        Scenario scenario = Scenarios[name];

        PublishResult raised = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed);
        PublishResult shown = await ScenarioRun.PublishAsync(
            scenario with { Properties = [.. scenario.Properties, (PreviewFile.Property, "true")] },
            await PackageUnderTest.Feed);

        AssertPlanted(scenario, raised);
        AssertPlanted(scenario, shown);
        AssertClean(raised.ContainerEvents.Select(ScenarioRun.Describe));
        AssertClean(shown.Messages.Where(message => message.Sender == "Containers.Telemetry").Select(message => message.Text!));
        AssertClean(await File.ReadAllLinesAsync(PreviewFile.PathOf(shown, Shape.Name)));
        Assert.IsEmpty(shown.ContainerEvents);
    }

    /// <summary>The word would be collected if nobody took care: the SDK's own events have it.</summary>
    [TestMethod]
    public async Task Word_of_the_user_is_in_the_events_of_the_SDK()
    {
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(Scenarios[WithFamily]);

        Assert.Contains(Word, string.Join('\n', without.ContainerEvents.Select(ScenarioRun.Describe)));
    }

    private static Scenario Publish(string name, params (string Name, string Value)[] properties) => new(name)
    {
        Shape = Shape,
        Arrange = Surround,
        Registry = Host,
        Properties = [("ContainerRepository", Repository), .. properties],
    };

    private static Scenario Refused(string name, TransferDirection direction, FaultEffect effect) => Publish(name, ("ContainerImageTag", Word + "tag")) with
    {
        Arrange = stage =>
        {
            Surround(stage);
            stage.Registry.Faults.Set(Repository, new Fault(direction, effect));
        },
        Succeeds = false,
    };

    /// <summary>Puts the word into what lies around a publish: user, folders and the variables by which CI services and agents are known.</summary>
    private static void Surround(ScenarioStage stage)
    {
        string home = Directory.CreateDirectory(Path.Combine(stage.Folder, Word + "home", "tmp")).Parent!.FullName;
        foreach (string variable in new[] { "HOME", "USERPROFILE", "DOTNET_CLI_HOME" })
        {
            stage.Variables[variable] = home;
        }

        foreach (string variable in new[] { "TMPDIR", "TMP", "TEMP" })
        {
            stage.Variables[variable] = Path.Combine(home, "tmp");
        }

        foreach (string variable in new[] { "USER", "USERNAME", "LOGNAME", "HOSTNAME", "COMPUTERNAME", "BUILD_ID", "BUILD_URL", "JENKINS_URL", "PROJECT_ID", "GITHUB_REPOSITORY", "CI_NAME", "AGENT_CLI", "AI_AGENT" })
        {
            stage.Variables[variable] = Word + variable;
        }
    }

    /// <summary>Fails unless the word was really there to be taken: in the project, and in each setting of the scenario that holds it.</summary>
    private static void AssertPlanted(Scenario scenario, PublishResult result)
    {
        Assert.AreEqual(scenario.Succeeds, result.ExitCode == 0, result.StandardOutput);
        string log = string.Join('\n', result.Events.Select(e => e.Text));
        foreach (string planted in scenario.Properties.Select(p => p.Value).Where(value => value.Contains(Word, StringComparison.Ordinal)).Append(Shape.Name))
        {
            Assert.IsTrue(log.Contains(planted, StringComparison.Ordinal), $"{planted} is not in the log of the build.");
        }
    }

    private static void AssertClean(IEnumerable<string> collected)
    {
        string all = string.Join('\n', collected);
        Assert.AreNotEqual("", all);
        Assert.IsFalse(all.Contains(Word, StringComparison.OrdinalIgnoreCase), all);
    }
}
