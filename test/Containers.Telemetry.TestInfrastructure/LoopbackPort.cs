using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Finds ports for programs that cannot choose one by themselves.</summary>
public static class LoopbackPort
{
    // Below those that a system gives to whoever wants any: by the time that the program listens, a port of these could be somebody else's.
    private const int First = 10_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>Returns a port of the loopback interface that nothing listens on at the moment, another one each time.</summary>
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
