using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Answers with content that does not match its digest.</summary>
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

            // A line feed keeps the JSON of a configuration valid, so that only the digest is wrong.
            byte[] changed = [.. content, (byte)'\n'];
            await response.WriteContentAsync(response.StatusCode, response.ContentType ?? "", changed);
        }
        else
        {
            await response.WriteErrorAsync(400, "DIGEST_INVALID", "The content does not have this digest.");
        }
    }
}
