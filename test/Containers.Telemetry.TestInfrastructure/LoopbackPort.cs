using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Finds ports for programs that cannot choose a free one themselves.</summary>
public static class LoopbackPort
{
    // Below the ephemeral ports: the system could give one of those to another program before this one listens on it.
    private const int First = 10_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>Returns a port of the loopback interface that nothing listens on. No two calls return the same port.</summary>
    public static int Free()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, Last);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
