using System.Text.Json.Nodes;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Every fault of a registry or a network that a pull and a push can meet.</summary>
internal static class FaultScenarios
{
    private const string App = "team/app";
    private const string Base = "dotnet/runtime";
    private const string HostWithoutAddress = "registry.invalid";

    // This publish bypasses the proxy for the host without an address, because the proxy answers for every host.
    private static readonly (string Name, string Value)[] WithoutProxy =
        [.. new[] { "NO_PROXY", "no_proxy" }.Select(name => (name, $"localhost,127.0.0.1,{HostWithoutAddress}"))];

    public static IEnumerable<Scenario> All() =>
    [
        .. Statuses().Concat(BrokenAnswers()).Concat(BrokenConnections()).Select(scenario => scenario with { SharesProcess = true }),
        .. ResetConnections(),
        .. ParallelUploads(),
        .. Cancellations(),
    ];

    private static IEnumerable<Scenario> Statuses()
    {
        foreach ((string what, FaultEffect effect, string kind) in new (string, FaultEffect, string)[]
        {
            ("401 with a Basic challenge", FaultEffect.Unauthorized(ChallengeScheme.Basic), "credential_failure"),
            ("401 with a Bearer challenge", FaultEffect.Unauthorized(ChallengeScheme.Bearer), "credential_failure"),
            ("401 without a challenge", FaultEffect.Unauthorized(ChallengeScheme.None), "credential_failure"),
            ("403", FaultEffect.Status(403), "credential_failure"),
            ("404", FaultEffect.Status(404), "unknown_repository"),
            ("429 with Retry-After", FaultEffect.TooManyRequests(TimeSpan.FromSeconds(1)), "registry_throttled"),
            ("400", FaultEffect.Status(400), "registry_rejected"),
            ("500", FaultEffect.Status(500), "registry_server_error"),
            ("503", FaultEffect.Status(503), "registry_server_error"),
            ("a status that has no name", FaultEffect.Status(520), "registry_server_error"),
        })
        {
            yield return Pull(what, kind, new Fault(FaultDirection.Pull, effect) { Steps = TransferSteps.Manifest });
            yield return Push(what, kind, new Fault(FaultDirection.Push, effect));
        }

        // The manifest is pushed last, after all layers.
        yield return Push(
            "403 for the manifest alone", "credential_failure", new Fault(FaultDirection.Push, FaultEffect.Status(403)) { Steps = TransferSteps.Manifest });
        yield return Push(
            "404 in the middle of an upload", "upload_failed", new Fault(FaultDirection.Push, FaultEffect.Status(404)) { Steps = TransferSteps.Chunk });
        yield return Push(
            "500 for the upload alone", "registry_server_error", new Fault(FaultDirection.Push, FaultEffect.Status(500)) { Steps = TransferSteps.Blob });
    }

    private static IEnumerable<Scenario> BrokenAnswers()
    {
        yield return Pull("a truncated manifest", "invalid_manifest", new Fault(FaultDirection.Pull, FaultEffect.TruncatedManifest));
        yield return Pull(
            "a manifest that is no JSON", "invalid_manifest", new Fault(FaultDirection.Pull, FaultEffect.NotJson()) { Steps = TransferSteps.Manifest });
        yield return Pull("an unknown media type", "unsupported_media_type", new Fault(FaultDirection.Pull, FaultEffect.UnknownMediaType));
        yield return PullLayer("a layer with a wrong digest", "download_failed", FaultEffect.WrongDigest);
        yield return PullLayer("a layer that is refused", "credential_failure", FaultEffect.Status(403));
        yield return PullLayer("a layer that is missing", "download_failed", FaultEffect.Status(404));
        yield return PullLayer("a layer that is redirected to no address", "download_failed", FaultEffect.Status(300));
        yield return Pull(
            "a configuration that is missing", "download_failed", new Fault(FaultDirection.Pull, FaultEffect.Status(404)) { Steps = TransferSteps.Download });
        yield return Push(
            "a challenge that names no address", "credential_failure", new Fault(FaultDirection.Push, FaultEffect.Unauthorized("Bearer realm=\"/token\"")));
        yield return Push("a wrong digest", "registry_rejected", new Fault(FaultDirection.Push, FaultEffect.WrongDigest));
    }

    private static IEnumerable<Scenario> ResetConnections()
    {
        yield return PullLayer("a connection reset in the middle of a layer", "connection_lost", FaultEffect.ConnectionReset) with
        {
            // The time of the reset decides how much of the layer arrives, and so what the SDK logs.
            IsRepeatable = false,
        };
        yield return Push(
            "a connection that ends at the first request",
            "connection_lost",
            new Fault(FaultDirection.Push, FaultEffect.ConnectionClosed) { Steps = TransferSteps.BlobCheck });
        yield return Push(
            "a connection reset in the middle of an upload",
            "connection_lost",
            new Fault(FaultDirection.Push, FaultEffect.ConnectionReset) { Steps = TransferSteps.Blob }) with
        {
            // The SDK retries for a minute.
            IsRepeatable = false,
        };

        // The SDK tries HTTPS first, which fails, and then pushes over HTTP. The failure of HTTPS is no evidence.
        yield return Push(
            "a connection reset in the middle of a blob, at a registry that the user calls insecure",
            "connection_lost",
            new Fault(FaultDirection.Push, FaultEffect.ConnectionReset) { Steps = TransferSteps.Chunk }) with
        {
            Registry = "127.0.0.1:{port}",
            Variables = [("DOTNET_CONTAINER_INSECURE_REGISTRIES", "127.0.0.1:{port}")],
            IsRepeatable = false,
        };
    }

    // As the SDK uploads layers by default: several may fail, in any order.
    private static IEnumerable<Scenario> ParallelUploads() =>
        new[]
        {
            Push("403, with layers in parallel", "credential_failure", new Fault(FaultDirection.Push, FaultEffect.Status(403))),
            Push(
                "500 for the uploads, with layers in parallel",
                "registry_server_error",
                new Fault(FaultDirection.Push, FaultEffect.Status(500)) { Steps = TransferSteps.Blob }),
            Push(
                "a connection that ends at the first request, with layers in parallel",
                "connection_lost",
                new Fault(FaultDirection.Push, FaultEffect.ConnectionClosed) { Steps = TransferSteps.BlobCheck }),
        }.Select(static scenario => scenario with { Variables = [("DOTNET_CONTAINER_REGISTRY_PARALLEL_UPLOAD", "true")], IsRepeatable = false });

    private static IEnumerable<Scenario> BrokenConnections()
    {
        yield return new Scenario("Pull from a port where nobody listens")
        {
            Succeeds = false,
            Properties = [("ContainerBaseImage", "localhost:9/team/base:1")],
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Error("registry_unreachable", "pull", ("RemotePullType", "Other"))],
        };
        yield return new Scenario("Push to a port where nobody listens")
        {
            Registry = "localhost:9",
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("registry_unreachable", "push")],
        };
        yield return new Scenario("Pull from a host without an address")
        {
            Variables = WithoutProxy,
            Succeeds = false,
            Properties = [("ContainerBaseImage", $"{HostWithoutAddress}/team/base:1")],
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Error("registry_unreachable", "pull", ("RemotePullType", "Other"))],
        };
        yield return new Scenario("Push to a host without an address")
        {
            Variables = WithoutProxy,
            Registry = HostWithoutAddress,
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("registry_unreachable", "push")],
        };
        yield return new Scenario("Push through a proxy that does not find the host")
        {
            Arrange = stage => stage.Proxy.Map(ProxyRoute.Unknown, "registry.example"),
            Registry = "registry.example",
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("registry_unreachable", "push")],
        };
        yield return new Scenario("Pull from a host whose certificate nobody trusts")
        {
            Arrange = stage => stage.Proxy.Map(ProxyRoute.ToUntrusted(stage.Registry), "mcr.microsoft.com"),
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("tls_failure", "pull")],
        };
        yield return new Scenario("Push to a host whose certificate nobody trusts")
        {
            Arrange = stage => stage.Proxy.Map(ProxyRoute.ToUntrusted(stage.Registry), "registry.example"),
            Registry = "registry.example",
            Succeeds = false,
            Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("tls_failure", "push")],
        };
    }

    private static IEnumerable<Scenario> Cancellations()
    {
        yield return Hang("Ctrl+C during a push that hangs", App, FaultDirection.Push, "push");
        yield return Hang("Ctrl+C during a pull that hangs", Base, FaultDirection.Pull, "pull");
    }

    private static Scenario Hang(string name, string repository, FaultDirection direction, string expected) => new(name)
    {
        Arrange = stage =>
        {
            var hang = new Fault(direction, FaultEffect.Hang);
            stage.Registry.Faults.Set(repository, hang);
            stage.Interrupt = hang.Reached;
        },
        Properties = [("ContainerRepository", App)],
        NeedsFreshProcess = true,
        Succeeds = false,
        IsRepeatable = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("canceled", expected)],
    };

    /// <summary>Only the layers fail. The SDK fetches them late, while it pushes the image.</summary>
    private static Scenario PullLayer(string what, string kind, FaultEffect effect) => Pull(
        what,
        kind,
        stage => [.. LayersOf(stage, "10.0").Select(layer => new Fault(FaultDirection.Pull, effect) { Steps = TransferSteps.Blob, Reference = layer })]);

    private static Scenario Pull(string what, string kind, Fault fault) => Pull(what, kind, _ => [fault]);

    private static Scenario Pull(string what, string kind, Func<ScenarioStage, Fault[]> faults) => new($"Pull meets {what}")
    {
        Arrange = stage => stage.Registry.Faults.Set(Base, faults(stage)),
        Properties = [("ContainerRepository", App)],
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error(kind, "pull")],
    };

    private static Scenario Push(string what, string kind, Fault fault) => new($"Push meets {what}")
    {
        Arrange = stage => stage.Registry.Faults.Set(App, fault),
        Properties = [("ContainerRepository", App)],
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error(kind, "push")],
    };

    private static IEnumerable<string> LayersOf(ScenarioStage stage, string reference)
    {
        JsonNode manifest = stage.Registry.TryGetManifest(Base, reference, out StoredManifest? found, "mcr.microsoft.com")
            ? found.Json
            : throw new InvalidOperationException($"{Base}:{reference} is not seeded.");
        return manifest["manifests"] is JsonArray images
            ? images.SelectMany(image => LayersOf(stage, image!["digest"]!.GetValue<string>()))
            : manifest["layers"]!.AsArray().Select(layer => layer!["digest"]!.GetValue<string>());
    }
}
