using System.Net;
using System.Net.Sockets;
using System.Text;
using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Tests.Engines;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>
/// The tool connects to a trusted server and names the problem with any other certificate. A closed connection is not reported as a lack of trust.
/// </summary>
[TestClass]
public sealed class TlsTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "Only on Linux does SSL_CERT_FILE set the trusted certificates of a process.")]
    public async Task A_trusted_certificate_is_accepted_and_others_are_reported()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var trusted = new TlsFront("localhost", fleet.Address.Port);
        using var stranger = new TlsFront("localhost", fleet.Address.Port);
        using var otherHost = new TlsFront("ch.contoso.example", fleet.Address.Port);
        using var tool = new FleetTool();
        string authorities = Path.Combine(tool.Folder, "authorities.pem");
        await File.WriteAllTextAsync(authorities, trusted.Pem + "\n" + otherHost.Pem);
        tool.Environment = tool.Environment.With("SSL_CERT_FILE", authorities).With("SSL_CERT_DIR", tool.Folder);

        (int exitCode, string output, string error) = await tool.RunAsync("fields", "--json", "--source", AddressOf(trusted));
        Assert.AreEqual((0, ""), (exitCode, error), output);
        foreach (TlsFront front in (TlsFront[])[stranger, otherHost])
        {
            (exitCode, output, error) = await tool.RunAsync("report", "--source", AddressOf(front));
            Assert.AreEqual((3, ""), (exitCode, output));
            StringAssert.Contains(error, FormattableString.Invariant($"There is no trusted TLS connection to localhost, port {front.Port}"));
            StringAssert.Contains(error, "Add the authority that issued the certificate");
            Assert.HasCount(1, error.TrimEnd().Split('\n'));
        }

        string AddressOf(TlsFront front) => (fleet.Address with { Host = "localhost", Port = front.Port, IsEncrypted = true }).ToString();
    }

    [TestMethod]
    [DataRow("", FleetProblem.Unreachable, "before TLS was agreed")]
    [DataRow("HTTP/1.1 400 Bad Request\r\n\r\n", FleetProblem.Certificate, "the port has no TLS")]
    public async Task A_closed_connection_is_retried_and_a_server_without_TLS_is_reported(string answer, FleetProblem problem, string message)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task served = AnswerAsync(listener, answer);
        using var connection = new FleetConnection(
            new FleetAddress("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, "fleet", IsEncrypted: true), new FleetCredentials("default", ""));

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetCheck(connection).RunAsync());

        await served;
        Assert.AreEqual(problem, refused.Problem);
        StringAssert.Contains(refused.Message, message);
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[64 << 10]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
