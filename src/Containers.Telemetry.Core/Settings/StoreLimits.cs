namespace Containers.Telemetry.Settings;

/// <summary>How much the store may hold, and for how long.</summary>
/// <param name="MaxBytes">The size of the store's files, in bytes.</param>
/// <param name="Retention">The age at which events are deleted.</param>
public readonly record struct StoreLimits(long MaxBytes, TimeSpan Retention)
{
    private const long BytesPerMebibyte = 1024 * 1024;

    private static readonly NumberSetting.Definition SizeLimit = new("CTEL0006", "ContainersTelemetryStoreSizeLimit", "MiB", 1, 65_536, 64);
    private static readonly NumberSetting.Definition RetentionDays = new("CTEL0007", "ContainersTelemetryStoreRetention", "days", 1, 3_650, 90);

    /// <summary>What applies when nothing is set: 64 MiB, 90 days.</summary>
    public static StoreLimits Default => new(SizeLimit.Default * BytesPerMebibyte, TimeSpan.FromDays(RetentionDays.Default));

    /// <summary>Reads the limits from the properties of a project.</summary>
    /// <param name="sizeLimit">ContainersTelemetryStoreSizeLimit: MiB, 1 to 65536; empty for 64.</param>
    /// <param name="retention">ContainersTelemetryStoreRetention: days, 1 to 3650; empty for 90.</param>
    /// <param name="problems">Where CTEL0006 and CTEL0007 are added.</param>
    public static StoreLimits Read(string sizeLimit, string retention, ICollection<SettingProblem> problems) =>
        new(NumberSetting.Read(sizeLimit, SizeLimit, problems) * BytesPerMebibyte, TimeSpan.FromDays(NumberSetting.Read(retention, RetentionDays, problems)));
}
