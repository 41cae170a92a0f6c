using System.Text;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The wrong answer that a client receives.</summary>
public abstract class FaultEffect
{
    /// <summary>Resets the TCP connection: in a pull after half of the content, in a push while the registry reads a request's body.</summary>
    public static FaultEffect ConnectionReset { get; } = new ConnectionResetEffect();

    /// <summary>Closes the connection in place of the answer, without a TCP reset. The SDK then does not retry.</summary>
    public static FaultEffect ConnectionClosed { get; } = new ConnectionClosedEffect();

    /// <summary>
    /// Never answers; ends when the client disconnects or the registry is disposed. <see cref="Fault.Reached"/> completes when a request hangs.
    /// </summary>
    public static FaultEffect Hang { get; } = new HangEffect();

    /// <summary>Half of the manifest, with the matching length; in a pull only.</summary>
    public static FaultEffect TruncatedManifest { get; } = new ManifestEffect((_, content) => content.AsMemory(0, content.Length / 2));

    /// <summary>The manifest with an unknown media type; in a pull only.</summary>
    public static FaultEffect UnknownMediaType { get; } = new ManifestEffect((response, content) =>
    {
        response.ContentType = "application/vnd.example.unknown+json";
        return content;
    });

    /// <summary>In a pull, blobs with an additional byte; in a push, 400 <c>DIGEST_INVALID</c> at the end of an upload and for a manifest.</summary>
    public static FaultEffect WrongDigest { get; } = new WrongDigestEffect();

    /// <summary>Any status with the error document of the OCI distribution API.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="marker">Text to put into the error document.</param>
    public static FaultEffect Status(int status, string marker = "") => new StatusEffect(status, marker);

    /// <summary>401.</summary>
    /// <param name="challenge">The scheme that the registry asks for; it accepts no credentials.</param>
    /// <param name="marker">Text to put into the error document.</param>
    public static FaultEffect Unauthorized(ChallengeScheme challenge, string marker = "") =>
        new StatusEffect(StatusCodes.Status401Unauthorized, marker) { Challenge = challenge };

    /// <summary>401 with a challenge that no client can meet.</summary>
    /// <param name="challenge">The value of the WWW-Authenticate header.</param>
    public static FaultEffect Unauthorized(string challenge) => new StatusEffect(StatusCodes.Status401Unauthorized, "") { ChallengeText = challenge };

    /// <summary>429 with <c>Retry-After</c>.</summary>
    /// <param name="retryAfter">Sent in whole seconds.</param>
    /// <param name="marker">Text to put into the error document.</param>
    public static FaultEffect TooManyRequests(TimeSpan retryAfter, string marker = "") =>
        new StatusEffect(StatusCodes.Status429TooManyRequests, marker) { RetryAfter = retryAfter };

    /// <summary>An HTML page with the manifest's media type; in a pull only.</summary>
    /// <param name="marker">Text to put into the page.</param>
    public static FaultEffect NotJson(string marker = "") =>
        new ManifestEffect((_, _) => Encoding.UTF8.GetBytes($"<html><body>{marker}</body></html>"));

    internal virtual bool AppliesTo(FaultContext exchange) => true;

    internal abstract Task ApplyAsync(FaultContext exchange);
}
