using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The answer of an <see cref="OtlpReceiver"/> to a request with a complete body.</summary>
public sealed class ReceiverBehavior
{
    private readonly Func<HttpContext, CancellationToken, Task> _apply;

    private ReceiverBehavior(bool accepts, Func<HttpContext, CancellationToken, Task> apply)
    {
        Accepts = accepts;
        _apply = apply;
    }

    /// <summary>200 with the response of a complete success.</summary>
    public static ReceiverBehavior Accept { get; } = new(accepts: true, static (context, _) => AcceptAsync(context, rejected: 0, """{"partialSuccess":{}}"""));

    /// <summary>Never answers.</summary>
    public static ReceiverBehavior Hang { get; } = new(accepts: false, static (context, stopping) => WaitAsync(context, stopping));

    /// <summary>Closes the connection without an answer.</summary>
    public static ReceiverBehavior Disconnect { get; } = new(accepts: false, static (context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>200 with a body that is announced and never ends.</summary>
    public static ReceiverBehavior AcceptWithEndlessWait { get; } = new(accepts: true, static async (context, stopping) =>
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("{", stopping);
        await context.Response.Body.FlushAsync(stopping);
        await WaitAsync(context, stopping);
    });

    /// <summary>Whether the answer is a success.</summary>
    internal bool Accepts { get; }

    /// <summary>200 with a body of the given length.</summary>
    public static ReceiverBehavior AcceptWithBody(int length) =>
        new(accepts: true, (context, stopping) => SendFillerAsync(context, length, stopping));

    /// <summary>200 with the given body.</summary>
    public static ReceiverBehavior AcceptWithBody(string body) => new(accepts: true, (context, _) => WriteAsync(context, body));

    /// <summary>A status without a body.</summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="retryAfter">The value of the header <c>Retry-After</c>; null for none.</param>
    public static ReceiverBehavior Status(int status, string? retryAfter = null) => new(status is >= 200 and < 300, (context, _) =>
    {
        context.Response.StatusCode = status;

        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    });

    /// <summary>307 to another address.</summary>
    public static ReceiverBehavior Redirect(Uri target) => new(accepts: false, (context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = target.AbsoluteUri;
        return Task.CompletedTask;
    });

    /// <summary>200 with the response of a partial success.</summary>
    /// <param name="field">The field of the response with the number, such as <c>rejectedLogRecords</c>.</param>
    /// <param name="rejected">The number of rejected log records or spans.</param>
    public static ReceiverBehavior PartialSuccess(string field, int rejected)
    {
        string body = string.Create(
            CultureInfo.InvariantCulture, $$$"""{"partialSuccess":{"{{{field}}}":"{{{rejected}}}","errorMessage":"no more of these"}}""");
        return new(accepts: true, (context, _) => AcceptAsync(context, rejected, body));
    }

    /// <summary>A gRPC status that is not a success.</summary>
    /// <param name="status">The gRPC status code.</param>
    /// <param name="details">The value of <c>grpc-status-details-bin</c>; null for none.</param>
    public static ReceiverBehavior GrpcStatus(int status, string? details = null) =>
        new(accepts: false, (context, _) => OtlpWire.AnswerAsync(context, status, message: null, details));

    internal Task ApplyAsync(HttpContext context, CancellationToken stopping) => _apply(context, stopping);

    // The binary form of the response: partial_success in field 1, the count in its field 1, a message in its field 2.
    private static Task AcceptAsync(HttpContext context, int rejected, string json)
    {
        if (!OtlpWire.IsBinary(context.Request))
        {
            return WriteAsync(context, json);
        }

        byte[] message = rejected == 0 ? [] : [0x0a, 6, 0x08, (byte)rejected, 0x12, 2, (byte)'n', (byte)'o'];
        if (OtlpWire.IsGrpc(context.Request))
        {
            return OtlpWire.AnswerAsync(context, status: 0, message);
        }

        context.Response.ContentType = "application/x-protobuf";
        return context.Response.Body.WriteAsync(message).AsTask();
    }

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private static async Task WaitAsync(HttpContext context, CancellationToken stopping)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static async Task SendFillerAsync(HttpContext context, int length, CancellationToken stopping)
    {
        byte[] filler = new byte[64 * 1024];
        Array.Fill(filler, (byte)' ');
        context.Response.ContentLength = length;

        for (int sent = 0; sent < length && !context.RequestAborted.IsCancellationRequested; sent += filler.Length)
        {
            await context.Response.Body.WriteAsync(filler.AsMemory(0, Math.Min(filler.Length, length - sent)), stopping);
        }
    }
}
