using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Outboxes;

/// <summary>
/// Sends metrics to one URL. A receiver counts a duplicate delta twice, so it is sent once, and is lost if no answer accepts it. A folder beside the
/// outboxes stores the endpoint's last answer, the time of the next try, and the number of missing publishes.
/// </summary>
internal sealed class MetricsSender(string outboxFolder, OtlpDestination destination, TimeProvider time)
{
    private readonly string _folder = Path.Combine(outboxFolder, destination.Folder);

    /// <summary>Sends one publish's metrics, unless the endpoint is in a pause or there is no time. Never throws for a problem of the folder.</summary>
    /// <param name="writeLine">Writes one request; called only if it is sent.</param>
    /// <param name="budget">The time that it may take, connecting included; zero to count the publish as missing.</param>
    public void Send(OtlpHttpExporter exporter, Action<Stream> writeLine, TimeSpan budget, CancellationToken cancellationToken)
    {
        OutboxState state = TryLoad() ?? OutboxState.Empty(_folder);
        bool isTried = !destination.IsHeld
            && budget > TimeSpan.Zero
            && !cancellationToken.IsCancellationRequested
            && state.WaitsUntil(time.GetUtcNow()) is null;
        ExportResult? result = isTried ? EndpointPost.Send(exporter, destination, state, BodyOf(writeLine), budget, cancellationToken) : null;

        // Without an accepting answer the metrics are lost; it is not the endpoint's fault if the build was canceled meanwhile.
        ExportResult? answer = cancellationToken.IsCancellationRequested && result?.Outcome is ExportOutcome.Retryable ? null : result;
        Note(answer, state);

        // A success that changes nothing takes no lock. If another publish was refused meanwhile, its pause stays, as if this publish had been first.
        if (state.IsChanged)
        {
            TryKeep(answer, state.RefusesCompression);
        }
    }

    private byte[] BodyOf(Action<Stream> writeLine)
    {
        using MemoryStream line = new();
        writeLine(line);
        return OtlpBatch.BodyOf(line.GetBuffer().AsSpan(0, (int)line.Length), destination);
    }

    // Read the state again: other publishes may have sent meanwhile.
    private void TryKeep(ExportResult? answer, bool refusesCompression)
    {
        try
        {
            OwnerOnlyFolder.Ensure(_folder, UserFolder.Outbox, UserFolder.Outbox, UserFolder.Store);
            EndpointFile.Write(_folder, destination);
            using FileStream? turn = OutboxState.TryTakeTurn(_folder);
            if (turn is not null)
            {
                OutboxState state = OutboxState.Load(_folder);
                if (refusesCompression)
                {
                    state.RefuseCompression();
                }

                Note(answer, state);
                state.Save();
            }
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            // Without a writable state metrics are still sent: each publish then tries the endpoint.
        }
    }

    private void Note(ExportResult? result, OutboxState state)
    {
        if (result is null)
        {
            state.CountDropped(1);
            return;
        }

        EndpointAnswer answer = new(time.GetUtcNow(), result.Status, EndpointPost.Judge(result, destination, state));
        if (result.Status.Http != 0)
        {
            state.NoteAnswer(answer);
        }

        state.CountDropped(answer.Outcome is ExportOutcome.Delivered && result.PartialSuccess.Rejected == 0 ? 0 : 1);
        switch (answer.Outcome)
        {
            case ExportOutcome.Retryable:
                state.Fail(answer.Time, result.RetryAfter);
                break;
            case ExportOutcome.Refused:
                state.Refuse(answer.Time);
                break;
            case ExportOutcome.Delivered:
                state.NoteDelivery(destination.Protocol);
                state.Succeed();
                break;
            default:
                state.Succeed();
                break;
        }
    }

    private OutboxState? TryLoad()
    {
        try
        {
            return OutboxState.Load(_folder);
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            return null;
        }
    }
}
