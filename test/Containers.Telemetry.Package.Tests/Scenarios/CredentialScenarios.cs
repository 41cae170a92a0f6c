using System.Text;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Registries that require credentials. Their first 401 is no failure if the client then authenticates.</summary>
internal static class CredentialScenarios
{
    private const string App = "team/app";
    private const string PrivateBase = "team/base";
    private const string User = "alice";
    private const string Password = "correct horse";
    private const string WrongPassword = "wrong horse";
    private const string DockerFolder = "docker";

    private static readonly (string Name, string Value)[] OfDocker = [("DOCKER_CONFIG", "{folder}/" + DockerFolder)];

    public static IEnumerable<Scenario> All()
    {
        foreach (ChallengeScheme scheme in new[] { ChallengeScheme.Basic, ChallengeScheme.Bearer })
        {
            yield return Push($"{scheme} challenge, the right password of docker login", scheme, (stage, host) => LogIn(stage, host, Password)) with
            {
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Success()],
            };
            yield return Refused(Push($"{scheme} challenge, a wrong password of docker login", scheme, (stage, host) => LogIn(stage, host, WrongPassword)));
            yield return Refused(Push($"{scheme} challenge, nobody logged in", scheme, static (_, _) => { }));
        }

        yield return Push("the right password in the SDK's variables", ChallengeScheme.Bearer, static (_, _) => { }) with
        {
            Variables = InVariables(Password),
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Success()],
        };
        yield return Refused(
            Push("a wrong password in the SDK's variables", ChallengeScheme.Bearer, static (_, _) => { }) with { Variables = InVariables(WrongPassword) });
        yield return Refused(
            Push(
                "a credential helper that is not installed",
                ChallengeScheme.Basic,
                (stage, _) => WriteDockerConfiguration(stage, """{ "credsStore": "nobody-has-this" }""")));
        yield return Refused(Push("a docker configuration that is no JSON", ChallengeScheme.Basic, (stage, _) => WriteDockerConfiguration(stage, "auths:")));
        yield return Refused(Push("a sign-in page in place of a token", ChallengeScheme.Bearer, (stage, host) =>
        {
            LogIn(stage, host, Password);
            stage.Registry.ShowSignInPage();
        }));

        yield return Push("a token service that is too busy", ChallengeScheme.Bearer, (stage, host) =>
        {
            LogIn(stage, host, Password);
            stage.Registry.Faults.Set(App, new Fault(FaultDirection.Push, FaultEffect.Status(429)) { Steps = TransferSteps.Token });
        }) with
        {
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("registry_throttled", "push")],
        };

        yield return Pull("the right password", Password) with
        {
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Success(("RemotePullType", "Other"))],
        };
        yield return Pull("a wrong password", WrongPassword) with
        {
            Succeeds = false,
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Error("credential_failure", "pull", ("RemotePullType", "Other"))],
        };
    }

    private static Scenario Push(string name, ChallengeScheme scheme, Action<ScenarioStage, string> identify) => new($"Push, {name}")
    {
        Arrange = stage =>
        {
            stage.Registry.RequireCredentials(App, User, Password, scheme);
            identify(stage, HostOf(name));
        },
        Registry = HostOf(name),
        Properties = [("ContainerRepository", App)],
        Variables = OfDocker,
        SharesProcess = true,
    };

    private static Scenario Pull(string name, string password) => new($"Pull of a private base image, {name}")
    {
        Arrange = stage =>
        {
            BaseImages.Seed(stage.Registry, PrivateBase, "1");
            stage.Registry.RequireCredentials(PrivateBase, User, Password, ChallengeScheme.Bearer);
            LogIn(stage, HostOf(name), password);
        },
        Registry = HostOf(name),
        Properties = [("ContainerBaseImage", $"{HostOf(name)}/{PrivateBase}:1"), ("ContainerRepository", App)],
        Variables = OfDocker,
        SharesProcess = true,
    };

    private static Scenario Refused(Scenario scenario) => scenario with
    {
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("credential_failure", "push")],
    };

    // Each scenario has a host of its own, because the SDK caches a host's authentication in the process.
    private static string HostOf(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetter)) + ".example";

    private static void LogIn(ScenarioStage stage, string host, string password)
    {
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{password}"));
        WriteDockerConfiguration(stage, $$"""{ "auths": { "{{host}}": { "auth": "{{credentials}}" } } }""");
    }

    private static (string Name, string Value)[] InVariables(string password) =>
        [("DOTNET_CONTAINER_REGISTRY_UNAME", User), ("DOTNET_CONTAINER_REGISTRY_PWORD", password)];

    private static void WriteDockerConfiguration(ScenarioStage stage, string text)
    {
        string folder = Directory.CreateDirectory(Path.Combine(stage.Folder, DockerFolder)).FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), text);
    }
}
