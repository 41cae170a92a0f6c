namespace Containers.Telemetry.Settings;

/// <summary>How long a publish may wait for its events to be exported. What is not delivered by then waits for the next publish.</summary>
public static class ExportBudget
{
    private static readonly NumberSetting.Definition AtADesk = new(Diagnostics.ExportBudget, "ContainersTelemetryExportBudget", "milliseconds", 0, 600_000, 250);
    private static readonly NumberSetting.Definition InCi = new(Diagnostics.ExportBudget, "ContainersTelemetryExportBudget", "milliseconds", 0, 600_000, 2_000);

    /// <summary>Reads the budget.</summary>
    /// <param name="text">ContainersTelemetryExportBudget: milliseconds, 0 to 600000; empty for 2000 in continuous integration and 250 elsewhere.</param>
    /// <param name="isContinuousIntegration">Whether the publish runs in continuous integration.</param>
    /// <param name="problems">Where CTEL0011 is added.</param>
    public static TimeSpan Read(string text, bool isContinuousIntegration, ICollection<SettingProblem> problems) =>
        TimeSpan.FromMilliseconds(NumberSetting.Read(text, isContinuousIntegration ? InCi : AtADesk, problems));
}
