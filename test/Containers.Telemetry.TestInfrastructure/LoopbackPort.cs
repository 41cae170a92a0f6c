using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Finds ports for programs that cannot choose one by themselves.</summary>
public static class LoopbackPort
{
    /// <summary>Returns a port of the loopback interface that nothing listens on at the moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
