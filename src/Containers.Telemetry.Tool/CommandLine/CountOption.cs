namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option that takes a number of things, 0 or more.</summary>
internal sealed class CountOption : CheckedOption
{
    public CountOption(string name, string things, params string[] aliases)
        : base(name, "a number of " + things, aliases) => HelpName = "N";

    /// <summary>The number that was typed; null for none.</summary>
    public int? In(ParseResult arguments) => arguments.GetValue(this) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    protected override bool IsValid(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count >= 0;
}
