namespace Containers.Telemetry.Quickstart;

/// <summary>The options of the command line.</summary>
internal sealed record QuickstartOptions(bool Help, bool Keep, bool Verbose)
{
    public const string Usage = """
        Publishes a sample container for real, six ways, each with and without
        Containers.Telemetry, and compares what was reported with what happened.

        Usage:
          dotnet run --project samples/Quickstart [-- options]

        Options:
          --keep      Keep the working folder, and say where it is.
          --verbose   Print the output of each publish.
          --help      Show this text.

        Exit codes:
          0    Containers.Telemetry reported every publish rightly.
          1    It did not.
          2    The options are wrong, or the publishes could not be set up.
          130  Interrupted.

        It needs the .NET SDK and Linux; no Docker, no root, and no network beyond
        the package restore of its own build. Registries are played by a server on
        the loopback interface.
        """;

    /// <summary>Reads the arguments of the command line.</summary>
    /// <exception cref="ArgumentException">An argument is not an option.</exception>
    public static QuickstartOptions Parse(IEnumerable<string> arguments)
    {
        var options = new QuickstartOptions(Help: false, Keep: false, Verbose: false);
        foreach (string argument in arguments)
        {
            options = argument switch
            {
                "--help" or "-h" or "-?" => options with { Help = true },
                "--keep" => options with { Keep = true },
                "--verbose" or "-v" => options with { Verbose = true },
                _ => throw new ArgumentException($"Unknown option {argument}. Try --help."),
            };
        }

        return options;
    }
}
