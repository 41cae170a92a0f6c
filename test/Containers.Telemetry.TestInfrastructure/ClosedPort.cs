using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A port of the loopback interface that refuses connections, and that stays reserved.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="port">The port; 0 for any free one.</param>
    public ClosedPort(int port = 0) => _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>A URL with this port.</summary>
    public Uri Address => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", Port).Uri;

    public void Dispose() => _socket.Dispose();
}
