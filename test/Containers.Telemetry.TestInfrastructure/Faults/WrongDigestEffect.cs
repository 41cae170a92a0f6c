using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Content that does not have the digest by which it goes.</summary>
internal sealed class WrongDigestEffect : FaultEffect
{
    internal override bool AppliesTo(HttpContext context, RegistryRoute route) =>
        route.Resource == RegistryResource.Blob && HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPut(context.Request.Method);

    internal override async Task ApplyAsync(FaultContext exchange)
    {
        HttpResponse response = exchange.Http.Response;

        if (exchange.IsPull)
        {
            byte[] content = await exchange.CaptureAsync();
            content[^1] ^= 0xFF;
            await response.WriteContentAsync(response.StatusCode, response.ContentType ?? "", content);
        }
        else
        {
            await response.WriteErrorAsync(400, "DIGEST_INVALID", "The content does not have this digest.");
        }
    }
}
