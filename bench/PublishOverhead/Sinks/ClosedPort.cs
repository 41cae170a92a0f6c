using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>A port on the loopback interface that refuses connections until this object is disposed.</summary>
internal sealed class ClosedPort : IDisposable
{
    // Bound, so that no other program gets the port, and not listening.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", ((IPEndPoint)_socket.LocalEndPoint!).Port).Uri;
    }

    /// <summary>The address of an endpoint at this port.</summary>
    public Uri Address { get; }

    public void Dispose() => _socket.Dispose();
}
