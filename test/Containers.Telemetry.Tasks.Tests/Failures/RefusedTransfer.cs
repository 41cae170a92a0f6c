using Containers.Telemetry.Sdk;
using Containers.Telemetry.Tasks;
using Containers.Telemetry.TestInfrastructure;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Containers.Telemetry.Failures;

/// <summary>Makes images with the SDK's own task, from one registry of the test to another.</summary>
internal sealed class RefusedTransfer : IAsyncDisposable
{
    private const string Tag = "1";

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string?> _variablesBefore = new(StringComparer.Ordinal);
    private readonly OciRegistry _source;
    private readonly OciRegistry _target;

    private RefusedTransfer(OciRegistry source, OciRegistry target)
    {
        _source = source;
        _target = target;
        _folder.Write(Path.Combine("publish", "app.dll"), "hello");

        // The SDK caches the layers that it has pulled, and reads credentials from the environment.
        SetVariable("XDG_CACHE_HOME", _folder.Combine("cache"));
        foreach (string direction in new[] { "PULL", "PUSH" })
        {
            SetVariable($"DOTNET_CONTAINER_{direction}_REGISTRY_UNAME", "alice");
            SetVariable($"DOTNET_CONTAINER_{direction}_REGISTRY_PWORD", "correct horse");
        }
    }

    public static async Task<RefusedTransfer> CreateAsync() => new(await OciRegistry.StartAsync(), await OciRegistry.StartAsync());

    /// <summary>Runs a transfer in which one step meets a fault.</summary>
    /// <returns>The reported error and direction; "success" if the transfer succeeded.</returns>
    public string Meet(ProtocolStep step, TransferDirection direction, FaultEffect effect) => Meet(
        direction,
        image =>
            new Fault(Convert(direction), effect)
            {
                Steps = Convert(step),
                Reference = step is ProtocolStep.Blob ? image.Json["config"]!["digest"]!.GetValue<string>() : null,
            },
        step is ProtocolStep.Token);

    /// <summary>Runs a transfer in which the layers of the base image meet a fault.</summary>
    public string MeetAtLayers(FaultEffect effect) => Meet(
        TransferDirection.Pull,
        image => new Fault(FaultDirection.Pull, effect) { Steps = TransferSteps.Download, Reference = image.Json["layers"]![0]!["digest"]!.GetValue<string>() },
        wantsToken: false);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        foreach ((string name, string? value) in _variablesBefore)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _folder.Dispose();
    }

    private void SetVariable(string name, string value)
    {
        _variablesBefore[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    private string Meet(TransferDirection direction, Func<StoredManifest, Fault> fault, bool wantsToken)
    {
        // Each transfer has a repository of its own, and so its own faults and layers.
        string name = $"team/{Guid.NewGuid():N}";
        StoredManifest image = BaseImages.Seed(_source, name, Tag, BaseImageForm.OciManifest);
        OciRegistry registry = direction is TransferDirection.Pull ? _source : _target;
        registry.Faults.Set(name, fault(image));
        if (wantsToken)
        {
            registry.RequireCredentials(name, "alice", "correct horse", ChallengeScheme.Bearer);
        }

        return Run(name);
    }

    private string Run(string name)
    {
        var engine = new RecordingBuildEngine();
        var inputs = new Dictionary<string, object>
        {
            ["BaseRegistry"] = _source.Authority,
            ["BaseImageName"] = name,
            ["BaseImageTag"] = Tag,
            ["OutputRegistry"] = _target.Authority,
            ["Repository"] = name,
            ["ImageTags"] = new[] { Tag },
            ["PublishDirectory"] = _folder.Combine("publish"),
            ["WorkingDirectory"] = "/app",
            ["Entrypoint"] = new ITaskItem[] { new TaskItem("dotnet") },
            ["ContainerRuntimeIdentifier"] = "linux-x64",
            ["GenerateDigestLabel"] = false,
            ["GenerateLabels"] = false,
            ["RuntimeIdentifierGraphPath"] = Path.Combine(ObservedSdk.Folder, "RuntimeIdentifierGraph.json"),
        };
        TaskRun.Of(new CreateNewImage(), inputs, engine);

        (string Name, Dictionary<string, string> Properties) outcome = engine.Telemetry.Single();
        return outcome.Name.EndsWith("/success", StringComparison.Ordinal)
            ? "success"
            : $"{outcome.Properties["error"]} {outcome.Properties.GetValueOrDefault("direction")}";
    }

    private static FaultDirection Convert(TransferDirection direction) =>
        direction is TransferDirection.Pull ? FaultDirection.Pull : FaultDirection.Push;

    private static TransferSteps Convert(ProtocolStep step) => step switch
    {
        ProtocolStep.Token => TransferSteps.Token,
        ProtocolStep.Manifest => TransferSteps.Manifest,
        ProtocolStep.Blob => TransferSteps.Download,
        ProtocolStep.BlobCheck => TransferSteps.BlobCheck,
        ProtocolStep.UploadStart => TransferSteps.UploadStart,
        ProtocolStep.Chunk => TransferSteps.Chunk,
        ProtocolStep.Finish => TransferSteps.Finish,
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
