using System.Net;
using System.Net.Sockets;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>
/// A proxy with a port of its own in front of a server. It can cut all connections, as if the server were lost, and restore the service.
/// </summary>
internal sealed class CutFront : IDisposable
{
    private readonly int _target;
    private TcpListener _listener;
    private CancellationTokenSource _cut = new();
    private ClosedPort? _held;

    /// <param name="target">The port of the server.</param>
    public CutFront(int target)
    {
        _target = target;
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Closes all connections and accepts no new ones. The port stays reserved.</summary>
    public void Cut()
    {
        End();
        _held = new ClosedPort(Port);
    }

    /// <summary>Accepts connections again.</summary>
    public void Restore()
    {
        _cut.Dispose();
        _cut = new CancellationTokenSource();
        _held?.Dispose();
        _listener = Listen(Port);
    }

    public void Dispose()
    {
        End();
        _held?.Dispose();
        _cut.Dispose();
    }

    private void End()
    {
        _cut.Cancel();
        _listener.Dispose();
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = ServeAsync(listener, _cut.Token);
        return listener;
    }

    private async Task ServeAsync(TcpListener listener, CancellationToken cut)
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await listener.AcceptTcpClientAsync(cut), cut);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The front was cut.
        }
    }

    private async Task RelayAsync(TcpClient accepted, CancellationToken cut)
    {
        using TcpClient client = accepted;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, cut);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), cut), server.GetStream().CopyToAsync(client.GetStream(), cut));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The front was cut, or one of the two sides closed the connection.
        }
    }
}
