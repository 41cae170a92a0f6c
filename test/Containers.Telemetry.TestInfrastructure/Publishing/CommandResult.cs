namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The exit code and the output of a command.</summary>
public sealed record CommandResult(int ExitCode, string StandardOutput, string StandardError, TimeSpan Duration)
{
    /// <summary>Returns this result if the command succeeded.</summary>
    /// <exception cref="InvalidOperationException">The command failed; the message contains its output.</exception>
    public CommandResult EnsureSuccess() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"The command ended with exit code {ExitCode}.\n{StandardOutput}\n{StandardError}");
}
