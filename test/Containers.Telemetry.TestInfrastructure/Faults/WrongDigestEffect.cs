using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Content that does not have the digest by which it goes.</summary>
internal sealed class WrongDigestEffect : FaultEffect
{
    internal override bool AppliesTo(FaultContext exchange) =>
        exchange is { IsPull: true, Step: TransferSteps.Download } || HttpMethods.IsPut(exchange.Http.Request.Method);

    internal override async Task ApplyAsync(FaultContext exchange)
    {
        HttpResponse response = exchange.Http.Response;

        if (exchange.IsPull)
        {
            byte[] content = await exchange.CaptureAsync();

            // A line feed leaves a configuration the JSON that it is, so that only the digest is wrong.
            byte[] changed = [.. content, (byte)'\n'];
            await response.WriteContentAsync(response.StatusCode, response.ContentType ?? "", changed);
        }
        else
        {
            await response.WriteErrorAsync(400, "DIGEST_INVALID", "The content does not have this digest.");
        }
    }
}
