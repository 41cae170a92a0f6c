namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>The option that limits how long sending to one endpoint may take, in seconds.</summary>
internal sealed class TimeoutOption : CheckedOption
{
    private const int DefaultSeconds = 60;

    // The longest delay of a CancellationTokenSource.
    private const int MostSeconds = int.MaxValue / 1000;

    public TimeoutOption()
        : base("--timeout", "a number of seconds")
    {
        Description = $"The seconds that sending to one endpoint may take ({DefaultSeconds})";
        HelpName = "SECONDS";
    }

    public TimeSpan In(ParseResult arguments) =>
        TimeSpan.FromSeconds(arguments.GetValue(this) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultSeconds);

    protected override bool IsValid(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is > 0 and < MostSeconds;
}
