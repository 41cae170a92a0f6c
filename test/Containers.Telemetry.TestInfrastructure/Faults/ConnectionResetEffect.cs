using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Resets the TCP connection in the middle of the content.</summary>
internal sealed class ConnectionResetEffect : FaultEffect
{
    internal override bool AppliesTo(FaultContext exchange) =>
        exchange.IsPull || exchange.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    internal override async Task ApplyAsync(FaultContext exchange)
    {
        HttpContext context = exchange.Http;
        Socket socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;

        if (exchange.IsPull)
        {
            byte[] content = await exchange.CaptureAsync();

            // Writes directly to the socket, because the reset could discard data in the server's buffers.
            string head = string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 200 OK\r\nContent-Type: {context.Response.ContentType}\r\nContent-Length: {content.Length}\r\n\r\n");
            await socket.SendAsync(Encoding.ASCII.GetBytes(head), context.RequestAborted);
            await socket.SendAsync(content.AsMemory(0, content.Length / 2), context.RequestAborted);
        }
        else
        {
            await context.Request.Body.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, context.RequestAborted);
        }

        socket.Close(timeout: 0);
        exchange.Abort();
    }
}
