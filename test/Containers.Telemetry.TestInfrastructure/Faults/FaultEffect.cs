using System.Text;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>What a client meets instead of the right answer.</summary>
public abstract class FaultEffect
{
    /// <summary>
    /// Ends the connection with a TCP reset: in a pull after half of the content, in a push while a request's body is being read.
    /// </summary>
    public static FaultEffect ConnectionReset { get; } = new ConnectionResetEffect();

    /// <summary>Ends the connection where the answer should come, without a TCP reset. The SDK does not try again then.</summary>
    public static FaultEffect ConnectionClosed { get; } = new ConnectionClosedEffect();

    /// <summary>
    /// Never answers; ends when the client goes away or the registry is disposed. <see cref="Fault.Reached"/> says when it hangs.
    /// </summary>
    public static FaultEffect Hang { get; } = new HangEffect();

    /// <summary>Half of the manifest, with the right length of that half; in a pull only.</summary>
    public static FaultEffect TruncatedManifest { get; } = new ManifestEffect((_, content) => content.AsMemory(0, content.Length / 2));

    /// <summary>The manifest under a media type that nobody knows; in a pull only.</summary>
    public static FaultEffect UnknownMediaType { get; } = new ManifestEffect((response, content) =>
    {
        response.ContentType = "application/vnd.example.unknown+json";
        return content;
    });

    /// <summary>
    /// In a pull, blobs with one byte too many; in a push, 400 <c>DIGEST_INVALID</c> at the end of an upload and for a manifest.
    /// </summary>
    public static FaultEffect WrongDigest { get; } = new WrongDigestEffect();

    /// <summary>Any status with the error document of the OCI distribution API.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="marker">Text to put into the error document.</param>
    public static FaultEffect Status(int status, string marker = "") => new StatusEffect(status, marker);

    /// <summary>401.</summary>
    /// <param name="challenge">What the registry asks for; no credentials are ever right.</param>
    /// <param name="marker">Text to put into the error document.</param>
    public static FaultEffect Unauthorized(ChallengeScheme challenge, string marker = "") =>
        new StatusEffect(StatusCodes.Status401Unauthorized, marker) { Challenge = challenge };

    /// <summary>401 with a challenge that no client can meet.</summary>
    /// <param name="challenge">The WWW-Authenticate header as it is sent.</param>
    public static FaultEffect Unauthorized(string challenge) => new StatusEffect(StatusCodes.Status401Unauthorized, "") { ChallengeText = challenge };

    /// <summary>429 with <c>Retry-After</c>.</summary>
    /// <param name="retryAfter">Sent in whole seconds.</param>
    /// <param name="marker">Text to put into the error document.</param>
    public static FaultEffect TooManyRequests(TimeSpan retryAfter, string marker = "") =>
        new StatusEffect(StatusCodes.Status429TooManyRequests, marker) { RetryAfter = retryAfter };

    /// <summary>An HTML page under the manifest's media type; in a pull only.</summary>
    /// <param name="marker">Text to put into the page.</param>
    public static FaultEffect NotJson(string marker = "") =>
        new ManifestEffect((_, _) => Encoding.UTF8.GetBytes($"<html><body>{marker}</body></html>"));

    internal virtual bool AppliesTo(FaultContext exchange) => true;

    internal abstract Task ApplyAsync(FaultContext exchange);
}
