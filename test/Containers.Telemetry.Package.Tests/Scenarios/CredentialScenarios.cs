using System.Text;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Registries that ask who is there. The 401 they begin with is no failure when the answer is right.</summary>
internal static class CredentialScenarios
{
    private const string App = "team/app";
    private const string PrivateBase = "team/base";
    private const string Host = "registry.example";
    private const string User = "alice";
    private const string Password = "correct horse";
    private const string WrongPassword = "wrong horse";

    public static IEnumerable<Scenario> All()
    {
        foreach (ChallengeScheme scheme in new[] { ChallengeScheme.Basic, ChallengeScheme.Bearer })
        {
            yield return Push($"{scheme} challenge, the right password of docker login", scheme, stage => LogIn(stage, Password)) with
            {
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Success()],
            };
            yield return Refused(Push($"{scheme} challenge, a wrong password of docker login", scheme, stage => LogIn(stage, WrongPassword)));
            yield return Refused(Push($"{scheme} challenge, nobody logged in", scheme, static _ => { }));
        }

        yield return Push("the right password in the SDK's variables", ChallengeScheme.Bearer, stage => NamePassword(stage, Password)) with
        {
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Success()],
        };
        yield return Refused(Push("a wrong password in the SDK's variables", ChallengeScheme.Bearer, stage => NamePassword(stage, WrongPassword)));
        yield return Refused(Push("a credential helper that is not installed", ChallengeScheme.Basic, stage => WriteDockerConfiguration(stage, """{ "credsStore": "nobody-has-this" }""")));
        yield return Refused(Push("a docker configuration that is no JSON", ChallengeScheme.Basic, stage => WriteDockerConfiguration(stage, "auths:")));
        yield return Refused(Push("a sign-in page in place of a token", ChallengeScheme.Bearer, stage =>
        {
            LogIn(stage, Password);
            stage.Registry.ShowSignInPage();
        }));

        yield return Push("a token service that is too busy", ChallengeScheme.Bearer, stage =>
        {
            LogIn(stage, Password);
            stage.Registry.Faults.Set(App, new Fault(TransferDirection.Push, FaultEffect.Status(429)) { Steps = TransferSteps.Token });
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

    private static Scenario Push(string name, ChallengeScheme scheme, Action<ScenarioStage> identify) => new($"Push, {name}")
    {
        Arrange = stage =>
        {
            stage.Registry.RequireCredentials(App, User, Password, scheme);
            identify(stage);
        },
        Registry = Host,
        Properties = [("ContainerRepository", App)],
    };

    private static Scenario Pull(string name, string password) => new($"Pull of a private base image, {name}")
    {
        Arrange = stage =>
        {
            BaseImages.Seed(stage.Registry, PrivateBase, "1");
            stage.Registry.RequireCredentials(PrivateBase, User, Password, ChallengeScheme.Bearer);
            LogIn(stage, password);
        },
        Registry = Host,
        Properties = [("ContainerBaseImage", $"{Host}/{PrivateBase}:1"), ("ContainerRepository", App)],
    };

    private static Scenario Refused(Scenario scenario) => scenario with
    {
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("credential_failure", "push")],
    };

    private static void LogIn(ScenarioStage stage, string password)
    {
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{password}"));
        WriteDockerConfiguration(stage, $$"""{ "auths": { "{{Host}}": { "auth": "{{credentials}}" } } }""");
    }

    private static void NamePassword(ScenarioStage stage, string password)
    {
        stage.Variables["DOTNET_CONTAINER_REGISTRY_UNAME"] = User;
        stage.Variables["DOTNET_CONTAINER_REGISTRY_PWORD"] = password;
    }

    private static void WriteDockerConfiguration(ScenarioStage stage, string text)
    {
        string folder = Directory.CreateDirectory(Path.Combine(stage.Folder, "docker")).FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), text);
        stage.Variables["DOCKER_CONFIG"] = folder;
    }
}
