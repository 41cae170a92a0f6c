namespace Containers.Telemetry.Settings;

/// <summary>Reads settings that are whole numbers within bounds.</summary>
internal static class NumberSetting
{
    /// <summary>Returns the number, or the default for a text that is empty or, with a problem reported, not such a number.</summary>
    /// <param name="text">The user's text; surrounding white space is ignored.</param>
    public static int Read(string text, Definition definition, ICollection<SettingProblem> problems)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return definition.Default;
        }

        if (int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= definition.Minimum && value <= definition.Maximum)
        {
            return value;
        }

        problems.Add(definition.Diagnostic.Problem(definition.Property, definition.Unit, definition.Minimum, definition.Maximum, definition.Default));
        return definition.Default;
    }

    /// <summary>The name of a setting and its allowed values.</summary>
    public sealed record Definition(Diagnostic Diagnostic, string Property, string Unit, int Minimum, int Maximum, int Default);
}

/// <summary>The time that a publish may wait for the export of its events. Events that are not delivered by then wait for the next publish.</summary>
public static class ExportBudget
{
    private static readonly NumberSetting.Definition Interactive = new(
        Diagnostics.ExportBudget, "ContainersTelemetryExportBudget", "milliseconds", 0, 600_000, 250);
    private static readonly NumberSetting.Definition InCi = new(Diagnostics.ExportBudget, "ContainersTelemetryExportBudget", "milliseconds", 0, 600_000, 2_000);

    /// <param name="text">ContainersTelemetryExportBudget: milliseconds, 0 to 600000; empty for 2000 in continuous integration and 250 elsewhere.</param>
    /// <param name="isContinuousIntegration">Whether the publish runs in continuous integration.</param>
    /// <param name="problems">Receives CTEL0011.</param>
    public static TimeSpan Read(string text, bool isContinuousIntegration, ICollection<SettingProblem> problems) =>
        TimeSpan.FromMilliseconds(NumberSetting.Read(text, isContinuousIntegration ? InCi : Interactive, problems));
}
