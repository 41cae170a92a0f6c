using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Closes the connection in an orderly way, without an answer.</summary>
internal sealed class ConnectionClosedEffect : FaultEffect
{
    internal override async Task ApplyAsync(FaultContext exchange)
    {
        await exchange.Http.Request.Body.CopyToAsync(Stream.Null, exchange.Http.RequestAborted);

        // The server's own way to end a connection early is a reset.
        exchange.Http.Features.Get<IConnectionSocketFeature>()!.Socket.Shutdown(SocketShutdown.Send);
        exchange.Abort();
    }
}
