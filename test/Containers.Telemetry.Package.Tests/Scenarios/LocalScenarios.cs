using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Images that stay on the machine: archives, Docker and Podman.</summary>
internal static class LocalScenarios
{
    public static IEnumerable<Scenario> All() => Each().Select(scenario => scenario with { SharesProcess = true });

    private static IEnumerable<Scenario> Each()
    {
        yield return new Scenario("An archive")
        {
            Registry = null,
            Properties = [("ContainerArchiveOutputPath", "out/image.tar.gz")],
            Events = [ExpectedEvent.Inference(), Success("Tarball")],
        };
        yield return new Scenario("An archive although a registry is named")
        {
            Properties = [("ContainerArchiveOutputPath", "out/image.tar.gz")],
            Events = [ExpectedEvent.Inference(), Success("Tarball")],
        };

        foreach (ContainerCli cli in Enum.GetValues<ContainerCli>())
        {
            string kind = cli.ToString();
            yield return Local($"{kind}, named by the user", cli, ContainerCliBehavior.Healthy, kind) with
            {
                Events = [ExpectedEvent.Inference(), Success(kind)],
            };
            yield return Local($"{kind}, found by the SDK", cli, ContainerCliBehavior.Healthy, null) with
            {
                Events = [ExpectedEvent.Inference(), Success(kind)],
            };
            yield return Failing(Local($"{kind} that fails to load", cli, ContainerCliBehavior.LoadFails("no space left"), kind), "local_load", kind);
            yield return Failing(
                Local($"{kind} that fails to load, found by the SDK", cli, ContainerCliBehavior.LoadFails("no space left"), null), "local_load", kind);
            yield return Failing(Local($"{kind} that is killed while it loads", cli, ContainerCliBehavior.DiesWhileLoading, kind), "local_load", kind) with
            {
                // Timing decides how much is written before the reader is gone, and so which error the SDK reports.
                IsRepeatable = false,
            };
            yield return Failing(Local($"{kind} whose daemon is down", cli, ContainerCliBehavior.DaemonDown, kind), "missing_binary", kind);
            yield return Failing(Absent($"{kind} that is not installed", kind), "missing_binary", kind);
        }

        yield return Failing(Absent("Neither docker nor podman", null), "missing_binary", null);
    }

    private static ExpectedEvent Success(string kind) => ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", kind));

    private static Scenario Local(string name, ContainerCli cli, ContainerCliBehavior behavior, string? localRegistry) => new(name)
    {
        HasPrograms = true,
        Arrange = stage => stage.UsePrograms((cli, behavior)),
        Registry = null,
        Properties = localRegistry is null ? [] : [("LocalRegistry", localRegistry)],
    };

    private static Scenario Absent(string name, string? localRegistry) => new(name)
    {
        HasPrograms = true,
        Arrange = stage => stage.UsePrograms(),
        Registry = null,
        Properties = localRegistry is null ? [] : [("LocalRegistry", localRegistry)],
    };

    private static Scenario Failing(Scenario scenario, string error, string? kind) => scenario with
    {
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error(error, "push", ("RemotePushType", null), ("LocalPushType", kind))],
    };
}
