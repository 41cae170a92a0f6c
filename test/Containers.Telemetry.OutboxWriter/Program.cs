using System.Globalization;
using Containers.Telemetry;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;

// Uses an outbox like a publish: appends events, then sends all pending ones.
//   OUTBOX ENDPOINT WRITER PUBLISHES EVENTS   PUBLISHES times, EVENTS events each
if (args is not [var outbox, var endpoint, var writer, var publishes, var events])
{
    Console.Error.WriteLine("OUTBOX ENDPOINT WRITER PUBLISHES EVENTS");
    return 2;
}

// A request that times out on a busy machine would be sent a second time, or delay the next one, so the timeout is long.
OtlpSettings settings = OtlpSettings.Resolve(endpoint, "true", static name => name == "OTEL_EXPORTER_OTLP_TIMEOUT" ? "120000" : null, [])
    ?? throw new ArgumentException("The endpoint cannot be used.");
using OtlpExport export = new(settings, outbox, "0.0.0");

Console.WriteLine("ready");
Console.In.ReadLine();

for (int publish = 0; publish < Number(publishes); publish++)
{
    for (int i = 0; i < Number(events); i++)
    {
        export.Append(OtlpSignal.Logs, NumberedRecord.Create(Number(writer), (publish * Number(events)) + i));
    }

    export.Drain(TimeSpan.FromMinutes(2), CancellationToken.None);
}

return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
