using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Answers with an error status.</summary>
internal sealed class StatusEffect(int status, string marker) : FaultEffect
{
    public ChallengeScheme Challenge { get; init; }

    /// <summary>The value of the WWW-Authenticate header; null to create it from <see cref="Challenge"/>.</summary>
    public string? ChallengeText { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    internal override async Task ApplyAsync(FaultContext exchange)
    {
        HttpContext context = exchange.Http;

        // Reads the complete body first: an earlier answer would race with the client's writing.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);

        CredentialTable.AddChallenge(context, exchange.Route, Challenge);
        if (ChallengeText is not null)
        {
            context.Response.Headers.WWWAuthenticate = ChallengeText;
        }

        if (RetryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.WriteErrorAsync(status, ErrorCode(exchange.Route), marker);
    }

    private string ErrorCode(RegistryRoute route) => (status, route.Resource) switch
    {
        (401, _) => "UNAUTHORIZED",
        (403, _) => "DENIED",
        (404, RegistryResource.Manifest) => "MANIFEST_UNKNOWN",
        (404, RegistryResource.Blob) => "BLOB_UNKNOWN",
        (404, _) => "NAME_UNKNOWN",
        (429, _) => "TOOMANYREQUESTS",
        _ => "UNKNOWN",
    };
}
