using Containers.Telemetry.Delivery;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tasks;

/// <summary>Reads a project's settings, warns about invalid ones, and keeps the rest for the tasks that follow.</summary>
/// <remarks>The targets keep <see cref="Endpoint"/> and <see cref="ProjectKey"/>, which may be secrets, out of the log.</remarks>
public sealed class ConfigureContainerTelemetry : PublishStep
{
    /// <summary>Show events instead of raising, storing and sending them.</summary>
    public bool Preview { get; set; }

    /// <summary>Whether telemetry is on by default, without a choice of the user; the first-run notice may then be due.</summary>
    public bool ConsentIsAssumed { get; set; }

    /// <summary>Full path of the folder that events are stored in; empty for the default.</summary>
    public string Store { get; set; } = "";

    /// <summary>Size of the store in MiB, a whole number; empty for 64.</summary>
    public string StoreSizeLimit { get; set; } = "";

    /// <summary>Age in days at which events are deleted, a whole number; empty for 90.</summary>
    public string StoreRetention { get; set; } = "";

    /// <summary>The OTLP endpoint that events are sent to; empty to use the standard environment variables.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The protocol of <see cref="Endpoint"/>: http/protobuf, http/json or grpc; empty for http/protobuf.</summary>
    public string Protocol { get; set; } = "";

    /// <summary>Whether metrics are sent to the endpoint: true or false; empty to use OTEL_METRICS_EXPORTER.</summary>
    public string Metrics { get; set; } = "";

    /// <summary>Whether the endpoint may use plain HTTP on another machine: true or false.</summary>
    public string AllowInsecureEndpoint { get; set; } = "";

    /// <summary>Time in milliseconds that a publish may wait for the export; empty for the default.</summary>
    public string ExportBudget { get; set; } = "";

    /// <summary>An organization's secret for the ids of its projects; empty for the user's random key.</summary>
    public string ProjectKey { get; set; } = "";

    /// <summary>Full path of the project.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary>The organization's dimensions: names, and values as the metadata Value.</summary>
    public ITaskItem[] Dimensions { get; set; } = [];

    public string SdkVersion { get; set; } = "";

    public string MSBuildVersion { get; set; } = "";

    public bool BuildingInsideVisualStudio { get; set; }

    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("settings");
        var settings = new TelemetrySettings
        {
            Preview = Preview,
            Store = Store,
            StoreSizeLimit = StoreSizeLimit,
            StoreRetention = StoreRetention,
            Endpoint = Endpoint,
            Protocol = Protocol,
            Metrics = Metrics,
            AllowInsecureEndpoint = AllowInsecureEndpoint,
            ExportBudget = ExportBudget,
            ProjectKey = ProjectKey,
            ProjectFile = ProjectFile.Length > 0 ? ProjectFile : null,
            Dimensions = DimensionItems.Read(Dimensions),
            SdkVersion = SdkVersion,
            MSBuildVersion = MSBuildVersion,
            BuildingInsideVisualStudio = BuildingInsideVisualStudio,
        };
        var telemetry = new ProjectTelemetry(settings, ConfigFolder.OfUser());
        ProjectScope.Put(engine, telemetry);
        if (Publishes.IsInner(engine.GetGlobalProperties()))
        {
            return;
        }

        foreach (SettingProblem problem in telemetry.Problems)
        {
            BuildMessages.Warn(engine, problem);
        }

        if (!Preview)
        {
            telemetry.WarnOfRefusal(engine);
        }

        // Last, since a failure here must not affect the rest.
        if (ConsentIsAssumed && !Preview)
        {
            FirstUseNotice.Schedule(telemetry);
        }
    }
}
