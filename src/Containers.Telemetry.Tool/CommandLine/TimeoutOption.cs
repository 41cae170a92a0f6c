namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>The option that limits how long sending to one endpoint may take, in seconds.</summary>
internal sealed class TimeoutOption : Option<TimeSpan>
{
    private const int DefaultSeconds = 60;

    // The longest delay of a CancellationTokenSource.
    private const int MostSeconds = int.MaxValue / 1000;

    public TimeoutOption()
        : base("--timeout")
    {
        DefaultValueFactory = static _ => TimeSpan.FromSeconds(DefaultSeconds);
        Description = $"The seconds that sending to one endpoint may take ({DefaultSeconds})";
        HelpName = "SECONDS";
        CustomParser = static result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is > 0 and < MostSeconds)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            result.AddError("--timeout takes a number of seconds");
            return default;
        };
    }
}
