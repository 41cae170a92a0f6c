using System.Diagnostics;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>One run of the <c>dotnet</c> program, or of a replacement, as a child process.</summary>
public sealed class DotnetCommand
{
    // A process that has left the process tree of a killed command may keep its pipes open.
    private static readonly TimeSpan PipeLimit = TimeSpan.FromMinutes(1);

    private readonly string[] _arguments;

    /// <param name="arguments">The arguments as the program receives them, without quotes.</param>
    public DotnetCommand(params IEnumerable<string> arguments) => _arguments = [.. arguments];

    /// <summary>Full path of the program.</summary>
    public string Program { get; init; } = DotnetHost.Path;

    public required string WorkingDirectory { get; init; }

    public required DotnetEnvironment Environment { get; init; }

    /// <summary>
    /// The time after which the command is killed with all its descendants. The default is long enough for a working command next to 30 busy
    /// processes.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(9);

    /// <summary>The clock of the time limit.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>When this task completes, the user presses Ctrl+C. Not supported on Windows.</summary>
    public Task? Interrupt { get; init; }

    /// <summary>Runs the command to its end.</summary>
    /// <exception cref="TimeoutException">The command took longer than <see cref="TimeLimit"/>; the message contains its output.</exception>
    /// <exception cref="InvalidOperationException">The environment would let the CLI's telemetry leave the machine.</exception>
    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken = default)
    {
        Environment.EnsureNothingLeavesTheMachine();
        using var overtime = new CancellationTokenSource(TimeLimit, Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overtime.Token);

        var output = new StringBuilder();
        var error = new StringBuilder();
        long start = Stopwatch.GetTimestamp();
        using var process = Start();
        process.StandardInput.Close();
        var copying = Task.WhenAll(CopyAsync(process.StandardOutput, output), CopyAsync(process.StandardError, error));
        using var exited = new CancellationTokenSource();
        try
        {
            var interruption = InterruptAsync(process, exited.Token);
            await process.WaitForExitAsync(limit.Token);
            await copying.WaitAsync(limit.Token);
            await exited.CancelAsync();
            await interruption;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            await copying.WaitAsync(PipeLimit, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new TimeoutException(
                $"{Path.GetFileName(Program)} {string.Join(' ', _arguments)} took longer than {TimeLimit}.\n{Snapshot(output)}\n{Snapshot(error)}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new(process.ExitCode, output.ToString(), error.ToString(), Stopwatch.GetElapsedTime(start));
    }

    private Process Start()
    {
        (string program, string[] arguments) = Interrupt is null ? (Program, [.. _arguments]) : Interruptible.Of(Program, _arguments);
        return Environment.Start(program, arguments, WorkingDirectory);
    }

    private async Task InterruptAsync(Process process, CancellationToken exited)
    {
        if (Interrupt is null)
        {
            return;
        }

        await Interrupt.WaitAsync(exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!exited.IsCancellationRequested)
        {
            await Interrupt;
            ProcessTree.Interrupt(process.Id);
        }
    }

    private static async Task CopyAsync(StreamReader reader, StringBuilder destination)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (destination)
            {
                destination.Append(buffer, 0, count);
            }
        }
    }

    private static string Snapshot(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }
}
