using System.Diagnostics;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>The tool as its users run it, with a home folder for the test.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ToolProcess() => Environment = DotnetEnvironment.ForUser(_folder.Combine("home"), _folder.Combine("packages"))
        .WithoutUnneededWork()
        .With("CONTAINERS_TELEMETRY_OPTOUT", null)
        .With("DOTNET_CLI_TELEMETRY_OPTOUT", "1");

    /// <summary>Full path of the tool's assembly.</summary>
    public static string Assembly { get; } = typeof(ToolProgram).Assembly.Location;

    public DotnetEnvironment Environment { get; set; }

    public string Folder => _folder.Path;

    public string StorePath => _folder.Combine("home", ".local", "share", "containers-telemetry");

    /// <summary>Runs a command to its end.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) =>
        new DotnetCommand([Assembly, .. arguments]) { Environment = Environment, WorkingDirectory = Folder }.RunAsync();

    /// <summary>Starts any program with the environment of the tool.</summary>
    public Process Start(string program, params string[] arguments) => Environment.Start(program, arguments, Folder);

    /// <summary>Runs a command in a terminal of its own.</summary>
    /// <param name="answers">The input of the person at the terminal.</param>
    /// <param name="arguments">The arguments of the command.</param>
    /// <returns>The exit code, and everything that the terminal showed.</returns>
    public async Task<(int ExitCode, string Text)> RunInTerminalAsync(string answers, params string[] arguments)
    {
        string command = $"stty cols 100 2>/dev/null; '{DotnetHost.Path}' '{Assembly}' {string.Join(' ', arguments)}";
        using Process process = Start("script", "-qec", command, "/dev/null");
        await process.StandardInput.WriteAsync(answers);
        await process.StandardInput.FlushAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }

    public void Dispose() => _folder.Dispose();
}
