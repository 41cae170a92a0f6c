using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// A container registry on the loopback interface. It speaks the OCI distribution API over plain HTTP and keeps everything in memory.
/// </summary>
/// <remarks>
/// Behind a <see cref="ConnectProxy"/> one server acts as many registries, distinguished by the Host header. A repository is the same on every host,
/// unless it was seeded for one host.
/// </remarks>
public sealed class OciRegistry : IAsyncDisposable
{
    private readonly RepositoryStore _store = new();
    private readonly RequestLog _requests = new();
    private readonly CredentialTable _credentials = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly RegistryEndpoints _endpoints;
    private readonly WebApplication _server;

    private OciRegistry()
    {
        _endpoints = new RegistryEndpoints(_store);

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(ConfigureKestrel);

        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The name of the registry in an image reference or in <c>ContainerRegistry</c>: <c>localhost:PORT</c>.</summary>
    public string Authority => string.Create(CultureInfo.InvariantCulture, $"localhost:{Port}");

    /// <summary>The base address for an HTTP client.</summary>
    public Uri Address => new($"http://{Authority}/");

    /// <summary>The requests so far, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _requests.Snapshot();

    /// <summary>The faults, by repository.</summary>
    public FaultTable Faults { get; } = new();

    /// <summary>Starts a registry on a free port.</summary>
    public static async Task<OciRegistry> StartAsync(CancellationToken cancellationToken = default)
    {
        OciRegistry registry = new();
        await registry._server.StartAsync(cancellationToken);
        registry.Port = new Uri(registry._server.Urls.Single()).Port;
        return registry;
    }

    /// <summary>Makes a repository require a user's name and password, for pull and push.</summary>
    /// <param name="repository">The name of the repository.</param>
    /// <param name="user">The right name.</param>
    /// <param name="password">The right password.</param>
    /// <param name="scheme">The authentication scheme; with <see cref="ChallengeScheme.None"/> no client gets access.</param>
    public void RequireCredentials(string repository, string user, string password, ChallengeScheme scheme = ChallengeScheme.Basic) =>
        _credentials.Require(repository, user, password, scheme);

    /// <summary>Makes the token endpoint answer with 200 and a sign-in page for people, as a company's proxy may.</summary>
    public void ShowSignInPage() => _credentials.ShowsSignInPage = true;

    /// <summary>Removes all content, faults and credentials. The log of requests stays.</summary>
    public void Reset()
    {
        _store.Clear();
        _credentials.Clear();
        Faults.Clear();
    }

    /// <summary>Finds a pushed or seeded manifest.</summary>
    /// <param name="repository">The name of the repository.</param>
    /// <param name="reference">A tag or a digest.</param>
    /// <param name="manifest">The manifest or the index.</param>
    /// <param name="host">The host from which to look; any host without a seed of its own sees the content for all hosts.</param>
    public bool TryGetManifest(string repository, string reference, [NotNullWhen(true)] out StoredManifest? manifest, string host = "")
    {
        manifest = null;
        return _store.TryGet(host, repository, out ImageRepository? found) && found.TryGetManifest(reference, out manifest);
    }

    /// <summary>Finds a layer or a configuration by its digest; otherwise like <see cref="TryGetManifest"/>.</summary>
    public bool TryGetBlob(string repository, string digest, [NotNullWhen(true)] out byte[]? content, string host = "")
    {
        content = null;
        return _store.TryGet(host, repository, out ImageRepository? found) && found.TryGetBlob(digest, out content);
    }

    /// <summary>The tags of a repository in ordinal order; none for an unknown repository.</summary>
    public IReadOnlyList<string> GetTags(string repository, string host = "") =>
        _store.TryGet(host, repository, out ImageRepository? found) ? found.Tags : [];

    /// <summary>Stops the server at once, including hanging requests.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _server.StopAsync(_stopping.Token);
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    internal ImageRepository RepositoryForSeed(string? host, string name) => _store.ForSeed(host, name);

    private static void ConfigureKestrel(KestrelServerOptions options)
    {
        options.Listen(IPAddress.Loopback, 0);
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = null;

        // The server must not take a slow client on a busy machine for an attack.
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
    }

    private async Task HandleAsync(HttpContext context)
    {
        _requests.Add(context);
        RegistryRoute route = RegistryRoute.Parse(context.Request.Path.Value ?? "");

        if (route.Resource == RegistryResource.Token)
        {
            await HandleTokenAsync(context, route);
        }
        else if (await _credentials.AdmitAsync(context, route))
        {
            await Faults.ApplyAsync(new(context, route, () => _endpoints.HandleAsync(context, route), _stopping.Token));
        }
    }

    private async Task HandleTokenAsync(HttpContext context, RegistryRoute route)
    {
        string scope = await CredentialTable.ReadScopeAsync(context);
        RegistryRoute ofRepository = route with { Repository = CredentialTable.RepositoryOf(scope) };
        await Faults.ApplyAsync(new(context, ofRepository, () => _credentials.IssueTokenAsync(context), _stopping.Token));
    }
}
