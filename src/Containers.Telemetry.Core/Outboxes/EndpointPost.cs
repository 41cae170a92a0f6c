using System.Diagnostics;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;

namespace Containers.Telemetry.Outboxes;

/// <summary>Sends a request to an endpoint, by its stored state, and interprets the answer by that state.</summary>
internal static class EndpointPost
{
    /// <summary>Sends a request; again without compression if the endpoint seems not to accept compression.</summary>
    /// <param name="state">The state of the endpoint, which records that it accepts no compression.</param>
    /// <param name="body">The request's body, not compressed.</param>
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
    /// Returns the meaning of an answer to a request that cannot be split. An error of an endpoint that has accepted nothing over this protocol is
    /// not about records: its address or the protocol is wrong.
    /// </summary>
    public static ExportOutcome Judge(ExportResult result, OtlpDestination destination, OutboxState state) => result.Outcome switch
    {
        ExportOutcome.TooLarge or ExportOutcome.Rejected => state.DeliveredBy == destination.Protocol ? ExportOutcome.Rejected : ExportOutcome.Refused,
        _ => result.Outcome,
    };

    // Receivers that cannot decompress answer 415, or fail on the content.
    private static bool MayBeForCompression(EndpointStatus status) =>
        status is { Http: 400 or 415 or 500 } or { Grpc: (int)GrpcStatusCode.Unimplemented or (int)GrpcStatusCode.Internal };
}
