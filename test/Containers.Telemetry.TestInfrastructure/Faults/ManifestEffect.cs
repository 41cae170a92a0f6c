using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Answers with a wrong manifest.</summary>
/// <param name="change">Gets the response, whose headers it may change, and the content; returns the content to send.</param>
internal sealed class ManifestEffect(Func<HttpResponse, byte[], ReadOnlyMemory<byte>> change) : FaultEffect
{
    internal override bool AppliesTo(FaultContext exchange) => exchange is { IsPull: true, Step: TransferSteps.Manifest };

    internal override async Task ApplyAsync(FaultContext exchange)
    {
        HttpResponse response = exchange.Http.Response;
        byte[] content = await exchange.CaptureAsync();
        ReadOnlyMemory<byte> changed = change(response, content);

        await response.WriteContentAsync(response.StatusCode, response.ContentType ?? "", changed);
    }
}
