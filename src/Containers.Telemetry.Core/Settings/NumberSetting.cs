using System.Globalization;

namespace Containers.Telemetry.Settings;

/// <summary>Reads settings that are whole numbers within bounds.</summary>
internal static class NumberSetting
{
    /// <summary>Returns the number, or the default for a text that is empty or, with a problem reported, not such a number.</summary>
    /// <param name="text">What the user wrote; white space around it does not count.</param>
    /// <param name="definition">Which setting it is and what it may be.</param>
    /// <param name="problems">Where a problem is added.</param>
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

        problems.Add(new SettingProblem(
            definition.Code,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The property {definition.Property} must be a whole number of {definition.Unit} from {definition.Minimum} to {definition.Maximum}. Its value is not, so {definition.Default} applies.")));
        return definition.Default;
    }

    /// <summary>What a setting is called and what it may be.</summary>
    public sealed class Definition(string code, string property, string unit, int minimum, int maximum, int defaultValue)
    {
        public string Code { get; } = code;

        public string Property { get; } = property;

        public string Unit { get; } = unit;

        public int Minimum { get; } = minimum;

        public int Maximum { get; } = maximum;

        public int Default { get; } = defaultValue;
    }
}
