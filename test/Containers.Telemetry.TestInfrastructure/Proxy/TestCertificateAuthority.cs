using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// A certificate authority for tests. Its root is in a PEM file that a process trusts with <c>SSL_CERT_FILE</c> (on Linux). No certificate store of
/// the machine or the user changes.
/// </summary>
public sealed class TestCertificateAuthority : IDisposable
{
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";

    private readonly ConcurrentDictionary<(string Host, bool IsTrusted), SslStreamCertificateContext> _contexts = new();
    private readonly X509Certificate2 _root;

    private TestCertificateAuthority(X509Certificate2 root, string pemPath)
    {
        _root = root;
        PemPath = pemPath;
    }

    /// <summary>The file with the root certificate. As the value of <c>SSL_CERT_FILE</c> it replaces the machine's bundle.</summary>
    public string PemPath { get; }

    /// <summary>The root certificate without its key, for decisions about trust in the test process.</summary>
    public X509Certificate2 Root => X509CertificateLoader.LoadCertificate(_root.RawData);

    /// <summary>Creates an authority, and writes its root to <c>ca.pem</c> in an existing folder.</summary>
    public static TestCertificateAuthority Create(string folder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Containers.Telemetry test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        X509Certificate2 root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));

        string pemPath = Path.Combine(folder, "ca.pem");
        File.WriteAllText(pemPath, root.ExportCertificatePem());
        return new TestCertificateAuthority(root, pemPath);
    }

    /// <summary>Creates a certificate for a client, and writes it and its key to two PEM files in an existing folder.</summary>
    /// <returns>The paths of the files.</returns>
    public (string Certificate, string Key) CreateClientFiles(string folder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Containers.Telemetry test client", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthenticationOid)], critical: false));
        using X509Certificate2 certificate = request.Create(_root, _root.NotBefore, _root.NotAfter, RandomNumberGenerator.GetBytes(16));
        (string Certificate, string Key) files = (Path.Combine(folder, "client.pem"), Path.Combine(folder, "client.key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SslStreamCertificateContext context in _contexts.Values)
        {
            context.TargetCertificate.Dispose();
        }

        _root.Dispose();
    }

    /// <summary>A certificate for the host, with everything that a TLS server needs.</summary>
    /// <param name="host">A DNS name or an IP address.</param>
    /// <param name="isTrusted">Whether this authority signs it; otherwise it is self-signed.</param>
    internal SslStreamCertificateContext CertificateFor(string host, bool isTrusted) =>
        _contexts.GetOrAdd((host, isTrusted), CreateContext);

    private SslStreamCertificateContext CreateContext((string Host, bool IsTrusted) identity)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = CreateServerRequest(identity.Host, key);
        DateTimeOffset from = _root.NotBefore;
        DateTimeOffset to = _root.NotAfter;

        X509Certificate2 certificate;

        if (identity.IsTrusted)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, true, false));
            using X509Certificate2 signed = request.Create(_root, from, to, RandomNumberGenerator.GetBytes(16));
            certificate = signed.CopyWithPrivateKey(key);
        }
        else
        {
            certificate = request.CreateSelfSigned(from, to);
        }

        using (certificate)
        {
            // Windows cannot use a certificate whose key was never in a key file.
            X509Certificate2 usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);

            // Building the chain must not look for issuers on the network.
            return SslStreamCertificateContext.Create(usable, additionalCertificates: null, offline: true);
        }
    }

    private static CertificateRequest CreateServerRequest(string host, ECDsa key)
    {
        SubjectAlternativeNameBuilder names = new();

        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        // The name is only in the alternative names: a subject is limited to 64 characters, and hosts of registries can be longer.
        CertificateRequest request = new("CN=Containers.Telemetry test server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthenticationOid)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
