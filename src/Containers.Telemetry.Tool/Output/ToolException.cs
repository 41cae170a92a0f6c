namespace Containers.Telemetry.Tool.Output;

/// <summary>A command that cannot go on, and what its user can do about it.</summary>
/// <param name="message">One line: what is wrong, and what to do next.</param>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line is wrong.</summary>
    public static ToolException Usage(string message) => new(ExitCodes.Usage, message);

    /// <summary>A failure that is not a mistake in the command line.</summary>
    public static ToolException Failure(string message) => new(ExitCodes.Failure, message);
}
