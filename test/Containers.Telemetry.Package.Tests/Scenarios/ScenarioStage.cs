using System.Globalization;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>The surroundings of one publish: a registry that answers for every host, behind a proxy without access to the network.</summary>
public sealed class ScenarioStage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ScenarioStage(OciRegistry registry, ConnectProxy proxy)
    {
        Registry = registry;
        Proxy = proxy;
    }

    public OciRegistry Registry { get; }

    public ConnectProxy Proxy { get; }

    /// <summary>A folder that is deleted after the publish.</summary>
    public string Folder => _folder.Path;

    /// <summary>The user presses Ctrl+C when this task completes; null for a publish that is not interrupted.</summary>
    public Task? Interrupt { get; set; }

    /// <summary>The folder that replaces PATH; null for <see cref="PackageUnderTest.PathOfPrograms"/>.</summary>
    public string? Programs { get; private set; }

    /// <summary>More environment variables.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public static async Task<ScenarioStage> SetAsync(TestCertificateAuthority authority)
    {
        OciRegistry registry = await OciRegistry.StartAsync();
        ConnectProxy proxy = await ConnectProxy.StartAsync(authority);
        var stage = new ScenarioStage(registry, proxy);
        stage.Reset();
        return stage;
    }

    private string CacheFolder => Path.Combine(Folder, "cache");

    private string RuntimeImageDigest =>
        Registry.TryGetManifest("dotnet/runtime", "10.0", out StoredManifest? image, "mcr.microsoft.com") ? image.Digest : "";

    /// <summary>Sets environment variables of the publish.</summary>
    public void Use(IEnumerable<(string Name, string Value)> variables)
    {
        foreach ((string name, string value) in variables)
        {
            Variables[name] = Fill(value);
        }
    }

    /// <summary>Makes PATH a folder with only dotnet and the given container programs.</summary>
    public void UsePrograms(params (ContainerCli Cli, ContainerCliBehavior Behavior)[] programs)
    {
        Programs = Path.Combine(Folder, "programs");
        DeleteFolder(Programs);
        Directory.CreateDirectory(Programs);
        ProgramFolder.Fill(Programs);
        foreach ((ContainerCli cli, ContainerCliBehavior behavior) in programs)
        {
            FakeContainerCli.Write(Programs, cli, behavior);
        }
    }

    /// <summary>Resets the stage for another publish.</summary>
    public void Clear()
    {
        Interrupt = null;
        Programs = null;
        Variables.Clear();
        Reset();
    }

    /// <summary>Resets the stage for another publish of the same process, which keeps its variables and programs.</summary>
    public void Reset()
    {
        Registry.Reset();
        BaseImages.SeedMicrosoft(Registry, "mcr.microsoft.com");
        Proxy.Clear();
        Proxy.Map(ProxyRoute.To(Registry), ConnectProxy.AnyHost);
        foreach (string folder in Directory.GetDirectories(Folder).Where(folder => folder != Programs))
        {
            DeleteFolder(folder);
        }
    }

    /// <summary>
    /// Replaces the placeholders that differ from run to run: <c>{registry}</c> by the embedded registry, <c>{port}</c> by its port, <c>{folder}</c>
    /// by the folder of the stage, <c>{digest}</c> by the digest of Microsoft's runtime image.
    /// </summary>
    public string Fill(string text) => text
        .Replace("{folder}", Folder, StringComparison.Ordinal)
        .Replace("{port}", Registry.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{registry}", Registry.Authority, StringComparison.Ordinal)
        .Replace("{digest}", RuntimeImageDigest, StringComparison.Ordinal);

    /// <summary>The environment of the publish.</summary>
    public DotnetEnvironment Environment(DotnetEnvironment user)
    {
        foreach ((string name, string value) in Proxy.CreateEnvironment())
        {
            user = user.With(name, value);
        }

        // The SDK caches pulled layers; each publish must pull its own.
        user = user.With("XDG_CACHE_HOME", CacheFolder);

        // The log order of layers that are pushed in parallel is random.
        user = user.With("DOTNET_CONTAINER_REGISTRY_PARALLEL_UPLOAD", "false");
        foreach ((string name, string value) in Variables)
        {
            user = user.With(name, value);
        }

        return user.With("PATH", Programs ?? PackageUnderTest.PathOfPrograms);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Registry.DisposeAsync();
        _folder.Dispose();
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
