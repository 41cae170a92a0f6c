using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A terminal without a person, in which a <c>dotnet</c> command is typed.</summary>
public static class Tmux
{
    // Large enough that nothing scrolls away or is cut.
    private const int Width = 200;
    private const int Height = 100;

    /// <summary>Full path of the program; null if it is not installed.</summary>
    public static string? Program { get; } = ProgramOnPath.Find("tmux");

    /// <summary>Runs a command to its end.</summary>
    /// <param name="environment">The complete environment of the command, except TERM.</param>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    /// <param name="redirection">A shell redirection of the output, such as <c>2&gt;errors</c>; empty to keep the terminal.</param>
    /// <returns>The exit code of <c>dotnet</c>, even if its output goes into a pipe; and the resulting screen.</returns>
    /// <exception cref="InvalidOperationException">tmux is not installed, or it failed.</exception>
    /// <exception cref="TimeoutException">The command took too long.</exception>
    public static async Task<(int ExitCode, string Screen)> RunAsync(
        DotnetEnvironment environment, string workingDirectory, IEnumerable<string> arguments, string redirection = "")
    {
        environment.EnsureNothingLeavesTheMachine();
        using var folder = new TemporaryFolder();
        string script = folder.Combine("run.sh");
        string exitCode = folder.Combine("exit-code");
        string[] server = ["-S", folder.Combine("socket"), "-f", "/dev/null"];

        var variables = environment.Variables.Append(new("TERM", "screen-256color")).Select(variable => Quote($"{variable.Key}={variable.Value}"));
        await File.WriteAllTextAsync(
            script,
            $"""
            cd {Quote(workingDirectory)}
            (
                env -i {string.Join(' ', variables)} {Quote(DotnetHost.Path)} {string.Join(' ', arguments.Select(Quote))}
                echo $? > {Quote(exitCode)}
            ) {redirection}
            {Quote(Program ?? throw new InvalidOperationException("tmux is not installed."))} -S {Quote(server[1])} wait-for -S done
            exec cat
            """);
        await RunAsync([.. server, "new-session", "-d", "-x", Text(Width), "-y", Text(Height), "sh " + Quote(script)]);
        try
        {
            await RunAsync([.. server, "wait-for", "done"]);
            string screen = await RunAsync([.. server, "capture-pane", "-p"]);
            return (int.Parse(await File.ReadAllTextAsync(exitCode), CultureInfo.InvariantCulture), screen.TrimEnd());
        }
        finally
        {
            await RunAsync([.. server, "kill-server"]);
        }
    }

    private static async Task<string> RunAsync(IEnumerable<string> arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(9));
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {await error}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"tmux {string.Join(' ', arguments)} took too long.");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
