using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A connection that ends in order, and without an answer.</summary>
internal sealed class ConnectionClosedEffect : FaultEffect
{
    internal override async Task ApplyAsync(FaultContext exchange)
    {
        await exchange.Http.Request.Body.CopyToAsync(Stream.Null, exchange.Http.RequestAborted);

        // What the server itself does to end a connection early is a reset.
        exchange.Http.Features.Get<IConnectionSocketFeature>()!.Socket.Shutdown(SocketShutdown.Send);
        exchange.Abort();
    }
}
