using Containers.Telemetry.Consent;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Status;

/// <summary>Writes the status for people.</summary>
internal sealed class StatusText(ToolContext context)
{
    private readonly FieldList _fields = new(context.Terminal);

    public void Write(TelemetryStatus status)
    {
        AddConsent(status);
        AddStore(status);
        AddEndpoints(status);
        AddOutboxes(status.Outboxes);
        _fields.Add("SDK", WaysOut.Sdk(status.Rule.IsOn, status.IsCliOptedOut));
        _fields.Add("", "Dimensions that a project declares go to the store and the endpoint only.", Tone.Faint);
        AddIdentity(status);
        AddSdks(status.Sdks);
        _fields.Add("More", ProductPage.Url, Tone.Faint);
        foreach (SettingProblem problem in status.Problems)
        {
            _fields.Add(problem.Code, problem.Text, Tone.Warning);
        }

        _fields.Write();
    }

    private void AddConsent(TelemetryStatus status)
    {
        bool isOn = status.Rule.IsOn;
        _fields.Add("Telemetry", $"{(isOn ? "on" : "off")}, by {status.Rule.Name}", isOn ? Tone.Good : Tone.Warning);
        if (status.Choice is ConsentChoice.None || status.Rule.Source is ConsentSource.StoredChoice)
        {
            _fields.Add("", isOn ? "containers-telemetry disable turns it off." : "containers-telemetry enable turns it on.", Tone.Faint);
        }
        else
        {
            _fields.Add("", $"That takes precedence over your stored choice, {(status.Choice is ConsentChoice.Enabled ? "on" : "off")}.", Tone.Faint);
        }
    }

    private void AddStore(TelemetryStatus status)
    {
        if (status.StorePath is null)
        {
            _fields.Add("Store", "none: this user has no home", Tone.Warning);
            return;
        }

        _fields.Add("Store", status.StorePath);
        if (status.StoreFault is { } fault)
        {
            _fields.Add("", fault, Tone.Bad);
        }

        if (status.StoreRemedy is { } remedy)
        {
            _fields.Add("", remedy, Tone.Strong);
        }

        if (status.Store is not { } store)
        {
            return;
        }

        string size = store.Lines == 0 ? "no events yet" : $"{HumanFormat.Count(store.Lines, "event")}, {HumanFormat.Size(store.Bytes)}";
        _fields.Add(
            "",
            $"{size}; at most {HumanFormat.Size(SegmentedLogLimits.DefaultMaxBytes)} " +
            $"and {SegmentedLogLimits.DefaultRetentionDays} days are kept by default");
        if (store.LastTime is { } last)
        {
            _fields.Add("Last event", $"{HumanFormat.Moment(last, context.Clock.LocalTimeZone)}, {HumanFormat.Age(last, context.Clock.GetUtcNow())}");
        }
    }

    private void AddEndpoints(TelemetryStatus status)
    {
        if (status.Endpoints is not { } endpoints)
        {
            _fields.Add("Endpoint", "none in this environment; a project may name one");
            return;
        }

        foreach (OtlpDestination? destination in (ReadOnlySpan<OtlpDestination?>)[endpoints.Logs, endpoints.Traces, endpoints.Metrics])
        {
            if (destination is not null)
            {
                string what = destination.Signal is OtlpSignal.Logs ? "events" : destination.Signal is OtlpSignal.Traces ? "spans" : "metrics";
                _fields.Add("Endpoint", $"{destination.Url} ({what}, {destination.ProtocolName})");
            }
        }

        if (endpoints.Metrics is null)
        {
            _fields.Add("", "No metrics are sent; OTEL_METRICS_EXPORTER=otlp sends them.", Tone.Faint);
        }
    }

    private void AddOutboxes(List<DestinationStatus> outboxes)
    {
        foreach (var (destination, outbox, fault) in outboxes)
        {
            if (destination is null || outbox is null)
            {
                _fields.Add("Outbox", $"{(destination is null ? "the outbox" : "the events for " + destination.Url)} cannot be read: {fault}", Tone.Bad);
                continue;
            }

            bool isQueue = destination.Signal is not OtlpSignal.Metrics;
            string text = !isQueue ? $"metrics do not wait for {destination.Url}: each publish sends its own once"
                : outbox.PendingLines == 0 ? $"nothing waits for {destination.Url}"
                : $"{HumanFormat.Count(outbox.PendingLines, "record")} for {destination.Url}";
            _fields.Add("Outbox", text, outbox.Failures > 0 ? Tone.Warning : Tone.Plain);
            if (outbox.PendingLines > 0)
            {
                _fields.Add(
                    "",
                    destination.IsHeld
                        ? "Held until its headers, its certificates and the rest of its URL are set."
                        : "containers-telemetry flush sends them now.",
                    Tone.Faint);
            }

            AddAnswer(outbox);
            AddLost(outbox, isQueue);
        }

        if (outboxes.Count == 0)
        {
            _fields.Add("Outbox", "empty");
        }
    }

    private void AddLost(OutboxStatus outbox, bool isQueue)
    {
        long lost = outbox.Rejected + outbox.Dropped + outbox.Unreadable;
        if (lost > 0)
        {
            _fields.Add(
                "",
                isQueue
                    ? $"{HumanFormat.Count(lost)} lost: {outbox.Rejected} rejected, {outbox.Dropped} over the limit, {outbox.Unreadable} unreadable"
                    : $"{HumanFormat.Count(lost, "publish is", "publishes are")} missing from them.",
                Tone.Warning);
        }
    }

    private void AddAnswer(OutboxStatus outbox)
    {
        if (outbox.LastAnswer is { Outcome: not ExportOutcome.Delivered } answer)
        {
            _fields.Add("", $"The last answer, {HumanFormat.Age(answer.Time, context.Clock.GetUtcNow())}, was {answer.Status}.", Tone.Warning);
            if (answer.Outcome is ExportOutcome.Refused)
            {
                _fields.Add("", EndpointAdvice.For(answer.Status), Tone.Faint);
            }
        }

        if (outbox.NextAttempt is { } next)
        {
            _fields.Add("", $"Publishes try again after {HumanFormat.Moment(next, context.Clock.LocalTimeZone)}.", Tone.Faint);
        }

        if (outbox.LastRejection is { } rejection)
        {
            _fields.Add("", $"The last rejection, {HumanFormat.Age(rejection.Time, context.Clock.GetUtcNow())}, was {rejection.Status}.", Tone.Warning);
        }
    }

    private void AddIdentity(TelemetryStatus status) => _fields.Add(
        "Identity",
        status.AnonymousId is { } identity
            ? $"{identity.Id}, random, replaced on {HumanFormat.Day(identity.ReplacedOn)}"
            : "none yet; a random one is made with the first event");

    private void AddSdks(IReadOnlyList<SdkStatus> sdks)
    {
        foreach (SdkStatus sdk in sdks)
        {
            string support = sdk switch
            {
                { HasContainers: false } => "not observed: it has no container targets",
                { Obstacle: { } obstacle } => $"bracketed: {obstacle}",
                _ => "observed",
            };
            _fields.Add(".NET SDKs", $"{sdk.Version} {support}", sdk is { HasContainers: true, Obstacle: null } ? Tone.Plain : Tone.Warning);
        }

        if (sdks.Count == 0)
        {
            _fields.Add(".NET SDKs", "none found beside this runtime", Tone.Warning);
        }
    }
}
