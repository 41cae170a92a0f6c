namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option that takes a number of things.</summary>
internal sealed class CountOption : CheckedOption
{
    private readonly int _least;
    private readonly int _most;

    public CountOption(string name, string things, int least = 0, int most = int.MaxValue, params string[] aliases)
        : base(name, "a number of " + things, aliases)
    {
        _least = least;
        _most = most;
        HelpName = "N";
    }

    /// <summary>The number that was typed; null for none.</summary>
    public int? In(ParseResult arguments) => arguments.GetValue(this) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    protected override bool IsValid(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count >= _least && count <= _most;
}
