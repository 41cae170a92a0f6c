using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Tests;

[TestClass]
public sealed class ConnectProxyTests : IAsyncDisposable
{
    private static readonly byte[] Content = new byte[300_000];

    private readonly TestFolder _folder = new();
    private TestCertificateAuthority _authority = null!;
    private OciRegistry _registry = null!;
    private ConnectProxy _proxy = null!;

    [TestInitialize]
    public async Task StartAsync()
    {
        _authority = TestCertificateAuthority.Create(_folder.Path);
        _registry = await OciRegistry.StartAsync();
        _proxy = await ConnectProxy.StartAsync(_authority);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _registry.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task Two_hosts_are_served_over_TLS_by_one_registry()
    {
        BaseImages.Seed(_registry, "base", "1", host: "mcr.microsoft.com");
        _proxy.Map(ProxyRoute.To(_registry), "mcr.microsoft.com", "123456789012.dkr.ecr.eu-central-1.amazonaws.com");
        using RegistryClient microsoft = CreateClient("mcr.microsoft.com");
        using RegistryClient amazon = CreateClient("123456789012.dkr.ecr.eu-central-1.amazonaws.com");

        using HttpResponseMessage pulled = await microsoft.GetManifestAsync("base", "1");
        string digest = await amazon.PushBlobAsync("app", Content, chunkSize: 70_000);
        using HttpResponseMessage blob = await amazon.GetBlobAsync("app", digest);

        Assert.AreEqual(HttpStatusCode.OK, pulled.StatusCode);
        CollectionAssert.AreEqual(Content, await blob.Content.ReadAsByteArrayAsync());
        Assert.AreEqual("mcr.microsoft.com", _registry.Requests[0].Host);
        Assert.AreEqual("123456789012.dkr.ecr.eu-central-1.amazonaws.com", _registry.Requests[^1].Host);
        Assert.AreEqual(new ConnectRequest("mcr.microsoft.com", 443), _proxy.Requests[0]);
    }

    [TestMethod]
    public async Task An_entry_for_any_host_serves_those_without_one_of_their_own()
    {
        _proxy.Map(ProxyRoute.To(_registry), ConnectProxy.AnyHost);
        _proxy.Map(ProxyRoute.Refused, "refused.azurecr.io");
        using RegistryClient served = CreateClient("some.azurecr.io");
        using RegistryClient refused = CreateClient("refused.azurecr.io");

        using HttpResponseMessage response = await served.GetAsync("/v2/");
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => refused.GetAsync("/v2/"));

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual(HttpRequestError.ProxyTunnelError, exception.HttpRequestError);
        Assert.AreEqual(HttpStatusCode.Forbidden, exception.StatusCode);
    }

    [TestMethod]
    public async Task A_host_that_is_not_in_the_table_is_unknown()
    {
        using RegistryClient client = CreateClient("registry.example");

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/v2/"));

        Assert.AreEqual(HttpRequestError.ProxyTunnelError, exception.HttpRequestError);
        Assert.AreEqual(HttpStatusCode.BadGateway, exception.StatusCode);
        Assert.AreEqual(0, _registry.Requests.Count);
    }

    [TestMethod]
    public async Task A_host_can_have_an_untrusted_certificate()
    {
        _proxy.Map(ProxyRoute.ToUntrusted(_registry), "ghcr.io");
        using RegistryClient client = CreateClient("ghcr.io");

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/v2/"));

        Assert.AreEqual(HttpRequestError.SecureConnectionError, exception.HttpRequestError);
        Assert.IsInstanceOfType<AuthenticationException>(exception.InnerException);
        Assert.AreEqual(0, _registry.Requests.Count);
    }

    [TestMethod]
    public async Task A_connection_reset_by_the_registry_is_one_for_the_client()
    {
        _proxy.Map(ProxyRoute.To(_registry), "ghcr.io");
        using RegistryClient client = CreateClient("ghcr.io");
        string digest = await client.PushBlobAsync("app", Content);
        _registry.Faults.Set("app", new Fault(FaultDirection.Pull, FaultEffect.ConnectionReset));

        Exception exception = await Assert.ThrowsAsync<Exception>(() => client.GetBlobAsync("app", digest));

        Assert.AreEqual(SocketError.ConnectionReset, (exception.GetBaseException() as SocketException)?.SocketErrorCode);
    }

    [TestMethod]
    public async Task The_token_endpoint_is_on_the_requested_host()
    {
        BaseImages.Seed(_registry, "private", "1");
        _registry.RequireCredentials("private", "alice", "secret", ChallengeScheme.Bearer);
        _proxy.Map(ProxyRoute.To(_registry), "ghcr.io");
        using RegistryClient client = CreateClient("ghcr.io");

        using HttpResponseMessage response = await client.GetManifestAsync("private", "1");

        StringAssert.Contains(
            response.Headers.WwwAuthenticate.Single().Parameter, "realm=\"https://ghcr.io/token\"", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_hang_of_the_registry_ends_with_the_proxy()
    {
        Fault hang = new(FaultDirection.Pull, FaultEffect.Hang);
        _registry.Faults.Set("app", hang);
        _proxy.Map(ProxyRoute.To(_registry), "ghcr.io");
        using RegistryClient client = CreateClient("ghcr.io");

        Task<HttpResponseMessage> request = client.GetManifestAsync("app", "1");
        await hang.Reached;
        await _proxy.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [TestMethod]
    public async Task A_request_that_is_no_CONNECT_is_not_served()
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Address.Port);
        await using NetworkStream stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n"));
        using StreamReader reader = new(stream);

        Assert.AreEqual("HTTP/1.1 405 ", await reader.ReadLineAsync());
    }

    [TestMethod]
    [DataRow(true, "localhost,127.0.0.1")]
    [DataRow(false, "")]
    public void The_environment_of_a_child_names_the_proxy_and_its_authority(bool bypassLocalhost, string direct)
    {
        IReadOnlyDictionary<string, string> environment = _proxy.CreateEnvironment(bypassLocalhost);

        Assert.AreEqual($"http://127.0.0.1:{_proxy.Address.Port}/", environment["HTTPS_PROXY"]);
        Assert.AreEqual(direct, environment["NO_PROXY"]);
        Assert.AreEqual(Path.Combine(_folder.Path, "ca.pem"), environment["SSL_CERT_FILE"]);
        using X509Certificate2 written = X509CertificateLoader.LoadCertificateFromFile(environment["SSL_CERT_FILE"]);
        Assert.AreEqual(_authority.Root.Thumbprint, written.Thumbprint);
    }

    private RegistryClient CreateClient(string host)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_authority.Root);

        return new RegistryClient(
            new Uri($"https://{host}"),
            new SocketsHttpHandler
            {
                Proxy = new WebProxy(_proxy.Address),
                SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            });
    }
}
