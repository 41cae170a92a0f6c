using System.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Containers.Telemetry.OfficialExporterTask;

/// <summary>
/// Sends the telemetry of a successful publish by the official OpenTelemetry SDK instead of the package: a log record for the inference, one for the
/// outcome, and a span. OTEL_EXPORTER_OTLP_ENDPOINT names the endpoint.
/// </summary>
/// <remarks>The values are fixed, because the comparison leaves out the cost of determining them.</remarks>
public sealed class ExportPublish : ITask
{
    private const string Name = "Containers.Telemetry";

    /// <inheritdoc />
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc />
    public ITaskHost HostObject { get; set; } = null!;

    /// <inheritdoc />
    public bool Execute()
    {
        ResourceBuilder resource = ResourceBuilder.CreateEmpty().AddAttributes(PublishAttributes.Resource);
        using var source = new ActivitySource(Name, "1");
        using TracerProvider tracing = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Name)
            .AddOtlpExporter(UseHttp)
            .Build();

        // Dispose flushes; the stable API has no other way.
        using (ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(resource);
            options.AddOtlpExporter(UseHttp);
        })))
        {
            ILogger logger = logging.CreateLogger(Name);
            using Activity? publish = source.StartActivity("container publish");
            Emit(logger, "sdk/container/inference", PublishAttributes.Inference);
            Emit(logger, "sdk/container/publish/success", PublishAttributes.Outcome);
            foreach (var (key, value) in PublishAttributes.Outcome)
            {
                publish?.SetTag(key, value);
            }

            publish?.SetStatus(ActivityStatusCode.Ok);
        }

        return tracing.ForceFlush();
    }

    private static void UseHttp(OtlpExporterOptions options) => options.Protocol = OtlpExportProtocol.HttpProtobuf;

    private static void Emit(ILogger logger, string eventName, KeyValuePair<string, object?>[] attributes) =>
        logger.Log(LogLevel.Information, new EventId(0, eventName), attributes, exception: null, static (_, _) => "");
}
