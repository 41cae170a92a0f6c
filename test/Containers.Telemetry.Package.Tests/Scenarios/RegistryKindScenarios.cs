using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Each kind of registry for push and for pull, and hosts that only look like one.</summary>
internal static class RegistryKindScenarios
{
    private const string BaseRepository = "team/base";
    private const int StepToAnotherKind = 5;

    private static readonly (string Host, string Kind)[] Hosts =
    [
        ("contoso.azurecr.io", "Azure"),
        ("contoso.azurecr.cn", "Azure"),
        ("contoso.azurecr.us", "Azure"),
        ("CONTOSO.AZURECR.IO", "Azure"),
        ("contoso.azurecr.io:443", "Azure"),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com", "AWS"),
        ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "AWS"),
        ("public.ecr.aws", "AWS"),
        ("gcr.io", "Google"),
        ("us-central1-docker.pkg.dev", "Google"),
        ("ghcr.io", "GitHub"),
        ("docker.io", "DockerHub"),
        ("quay.io", "Other"),
        ("azurecr.io.evil.example", "Other"),
        ("public.ecr.aws.evil.example", "Other"),
        ("ghcr.io.evil.example", "Other"),
        ("{registry}", "Other"),
    ];

    public static IEnumerable<Scenario> All() => Each().Select(scenario => scenario with { SharesProcess = true });

    private static IEnumerable<Scenario> Each()
    {
        // Pulls from one kind and pushes to another, so that a mix-up of the two fails.
        for (int i = 0; i < Hosts.Length; i++)
        {
            (string source, string pullKind) = Hosts[i];
            (string destination, string pushKind) = Hosts[(i + StepToAnotherKind) % Hosts.Length];
            yield return new Scenario($"From {source} to {destination}")
            {
                Arrange = stage => BaseImages.Seed(stage.Registry, BaseRepository, "1"),
                Registry = destination,
                Properties = [("ContainerBaseImage", $"{source}/{BaseRepository}:1"), ("ContainerRepository", "team/app")],
                Events = [ExpectedEvent.NoInference(), ExpectedEvent.Success(("RemotePullType", pullKind), ("RemotePushType", pushKind))],
            };
        }

        yield return new Scenario("Push to mcr.microsoft.com")
        {
            Registry = "mcr.microsoft.com",
            Properties = [("ContainerRepository", "team/app")],
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Success(("RemotePushType", "MCR"))],
        };
        yield return new Scenario("A host with a trailing dot is no registry to the SDK")
        {
            Registry = "contoso.azurecr.io.",
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("invalid_registry", null, ("RemotePushType", "Azure"))],
        };
    }
}
