using System.Globalization;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>The variants, and the registry that they pull from and push to.</summary>
internal sealed class PublishBench : IAsyncDisposable
{
    private const string MicrosoftRegistry = "mcr.microsoft.com";

    private readonly string _folder;
    private readonly OciRegistry _registry;
    private readonly TestCertificateAuthority _authority;
    private readonly ConnectProxy _proxy;
    private readonly bool _inferred;
    private readonly string _program;
    private int _publishes;

    private PublishBench(
        string folder, OciRegistry registry, TestCertificateAuthority authority, ConnectProxy proxy, PackageFeed feed, SampleProject without, SampleProject with, bool inferred, string program)
    {
        _folder = folder;
        _registry = registry;
        _authority = authority;
        _proxy = proxy;
        _inferred = inferred;
        _program = program;
        Feed = feed;
        Without = new("without the package", without);
        With = new("with the package", with);
        OptedOut = new("with it, opted out", with) { Variables = new Dictionary<string, string> { ["CONTAINERS_TELEMETRY_OPTOUT"] = "1" } };
        BinaryLog = new("without it, -bl", without) { Arguments = [$"-bl:{Path.Combine(folder, "publish.binlog")}"] };
    }

    /// <summary>The folder of the package.</summary>
    public PackageFeed Feed { get; }

    /// <summary>The baseline.</summary>
    public Variant Without { get; }

    public Variant With { get; }

    public Variant OptedOut { get; }

    public Variant BinaryLog { get; }

    /// <summary>Packs the package, restores the sample with and without it, and starts the registry.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="inferred">Whether the SDK infers the base image; if not, the project names one in the loopback registry.</param>
    /// <param name="band">The band of the SDK that publishes; null for the installed SDK.</param>
    public static async Task<PublishBench> PrepareAsync(string folder, bool inferred, Band? band)
    {
        var feed = await PackageFeed.PackAsync(Repository.PackageProject, Path.Combine(folder, "package"));
        var without = await SampleProject.CreateAsync(Path.Combine(folder, "without"), feed: null);
        var with = await SampleProject.CreateAsync(Path.Combine(folder, "with"), feed);

        var registry = await OciRegistry.StartAsync();
        var authority = TestCertificateAuthority.Create(folder);
        var proxy = await ConnectProxy.StartAsync(authority);
        BaseImages.SeedMicrosoft(registry);
        proxy.Map(ProxyRoute.To(registry), MicrosoftRegistry);
        string program = band is null ? DotnetHost.Path : BandSdk.Create(band, Path.Combine(folder, "sdk"));
        return new(folder, registry, authority, proxy, feed, without, with, inferred, program);
    }

    /// <summary>Publishes the sample once.</summary>
    /// <exception cref="InvalidOperationException">
    /// The publish failed, and the message has its output; or it did not do the work of its variant.
    /// </exception>
    public Cost Publish(Variant variant, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        // Each publish has its own repository, so that it uploads the layers.
        int number = ++_publishes;
        var environment = _proxy.CreateEnvironment().Concat(variant.Variables).Concat(variables)
            .Aggregate(variant.Project.Environment, (all, one) => all.With(one.Key, one.Value));

        foreach (var check in variant.Checks)
        {
            check.Begin();
        }

        // A user publishes in the project's folder. Nothing else starts a child process meanwhile.
        Directory.SetCurrentDirectory(variant.Project.Folder);
        var cost = ChildProcess.Run(
            _program,
            variant.Project.PublishArguments(
            [
                $"-p:ContainerRegistry={_registry.Authority}",
                string.Create(CultureInfo.InvariantCulture, $"-p:ContainerRepository=team/hello-{number}"),
                .. _inferred ? (string[])[] : [$"-p:ContainerBaseImage={_registry.Authority}/dotnet/runtime:10.0"],
                .. variant.Arguments,
            ]),
            environment.Variables,
            Path.Combine(_folder, "publish.log"));
        foreach (var check in variant.Checks)
        {
            check.End();
        }

        return cost;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _registry.DisposeAsync();
        _authority.Dispose();
    }
}
