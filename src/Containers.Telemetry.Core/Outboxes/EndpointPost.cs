using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;

namespace Containers.Telemetry.Outboxes;

/// <summary>Sends a request to an endpoint by what is remembered of it, and understands its answer by that.</summary>
internal static class EndpointPost
{
    /// <summary>Sends a request; once more without compression where the endpoint does not seem to take that.</summary>
    /// <param name="exporter">What sends.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="state">What is remembered of the endpoint. That it takes no compression is noted.</param>
    /// <param name="body">The request's body, not compressed.</param>
    /// <param name="limit">The time that it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ExportResult Send(
        OtlpHttpExporter exporter,
        OtlpDestination destination,
        OutboxState state,
        ReadOnlyMemory<byte> body,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        bool isCompressed = destination.IsCompressed && !state.RefusesCompression;
        ExportResult result = exporter.Send(destination, body, isCompressed, limit, cancellationToken);
        if (!isCompressed || !MayBeForCompression(result.Status))
        {
            return result;
        }

        result = exporter.Send(destination, body, isCompressed: false, limit - Stopwatch.GetElapsedTime(began), cancellationToken);
        if (result.Outcome is ExportOutcome.Delivered)
        {
            state.RefuseCompression();
        }

        return result;
    }

    /// <summary>
    /// Returns what an answer means for a request that cannot be split. An endpoint that has taken nothing by this protocol does not judge records:
    /// its address or the protocol is wrong.
    /// </summary>
    public static ExportOutcome Judge(ExportResult result, OtlpDestination destination, OutboxState state) => result.Outcome switch
    {
        ExportOutcome.TooLarge or ExportOutcome.Rejected => state.DeliveredBy == destination.Protocol ? ExportOutcome.Rejected : ExportOutcome.Refused,
        _ => result.Outcome,
    };

    // Receivers that cannot decompress say so with 415, or fail on what they read.
    private static bool MayBeForCompression(EndpointStatus status) =>
        status is { Http: 400 or 415 or 500 } or { Grpc: (int)GrpcStatusCode.Unimplemented or (int)GrpcStatusCode.Internal };
}
