using Containers.Telemetry.Settings;


namespace Containers.Telemetry.Store;

/// <summary>Reads how much the store may hold, and for how long.</summary>
public static class StoreLimits
{
    private const int BytesPerMebibyteShift = 20;

    private static readonly NumberSetting.Definition SizeLimit =
        new(Diagnostics.StoreSizeLimit, "ContainersTelemetryStoreSizeLimit", "MiB", 1, 65_536, (int)(SegmentedLogLimits.DefaultMaxBytes >> BytesPerMebibyteShift));

    private static readonly NumberSetting.Definition RetentionDays =
        new(Diagnostics.StoreRetention, "ContainersTelemetryStoreRetention", "days", 1, 3_650, SegmentedLogLimits.DefaultRetentionDays);

    /// <summary>Reads the limits from the properties of a project.</summary>
    /// <param name="sizeLimit">ContainersTelemetryStoreSizeLimit: MiB, 1 to 65536; empty for 64.</param>
    /// <param name="retention">ContainersTelemetryStoreRetention: days, 1 to 3650; empty for 90.</param>
    /// <param name="problems">Where CTEL0006 and CTEL0007 are added.</param>
    public static SegmentedLogLimits Read(string sizeLimit, string retention, ICollection<SettingProblem> problems) => new()
    {
        MaxBytes = (long)NumberSetting.Read(sizeLimit, SizeLimit, problems) << BytesPerMebibyteShift,
        Retention = TimeSpan.FromDays(NumberSetting.Read(retention, RetentionDays, problems)),
    };
}
