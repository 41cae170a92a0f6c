namespace Containers.Telemetry.Endpoints;

/// <summary>The PEM files by which a client proves who it is.</summary>
/// <param name="Certificate">Path of the file with the client's certificate, and those between it and its authority.</param>
/// <param name="Key">Path of the file with its private key.</param>
internal sealed record ClientCertificateFiles(string Certificate, string Key);
