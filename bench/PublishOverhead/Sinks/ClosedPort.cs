using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>A port on the loopback interface that refuses connections, as long as this object lives.</summary>
internal sealed class ClosedPort : IDisposable
{
    // Bound, so that nobody else gets the port, and not listening.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", ((IPEndPoint)_socket.LocalEndPoint!).Port).Uri;
    }

    /// <summary>What an endpoint there would be.</summary>
    public Uri Address { get; }

    public void Dispose() => _socket.Dispose();
}
