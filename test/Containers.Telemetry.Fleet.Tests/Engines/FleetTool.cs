using System.Diagnostics;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>The tool as its users run it, with a home folder for the test and the credentials of the engine.</summary>
internal sealed class FleetTool : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FleetTool(string password = CurrentClickHouse.Password) =>
        Environment = DotnetEnvironment.ForUser(_folder.Combine("home"), _folder.Combine("packages"))
            .With("NO_COLOR", "1")
            .With(FleetCredentials.UserVariable, CurrentClickHouse.User)
            .With(FleetCredentials.PasswordVariable, password);

    public DotnetEnvironment Environment { get; set; }

    /// <summary>The working directory of the commands.</summary>
    public string Folder => _folder.Path;

    // The built tool. The copy next to the tests lacks assemblies of ASP.NET Core, because the tests themselves use that framework.
    private static string Assembly { get; } = Path.Combine(
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..")),
        "Containers.Telemetry.Tool",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)),
        "Containers.Telemetry.Tool.dll");

    /// <summary>Runs a command to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        CommandResult result = await new DotnetCommand([Assembly, .. arguments]) { Environment = Environment, WorkingDirectory = Folder }.RunAsync();
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <summary>Starts a command; the test must end it.</summary>
    public Process Start(params string[] arguments)
    {
        (string program, string[] all) = Interruptible.Of(DotnetHost.Path, [Assembly, .. arguments]);
        return Environment.Start(program, all, Folder);
    }

    public void Dispose() => _folder.Dispose();
}
