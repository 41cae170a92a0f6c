using System.Diagnostics;
using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>The tool as its users run it, with a home of the test's and the credentials of the engine.</summary>
internal sealed class FleetTool : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("containers-telemetry-fleet-").FullName;

    public string User { get; init; } = CurrentClickHouse.User;

    public string Password { get; init; } = CurrentClickHouse.Password;

    /// <summary>Runs a command to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>Starts a command.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Containers.Telemetry.Tool.dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        start.Environment["HOME"] = Folder;
        start.Environment["NO_COLOR"] = "1";
        start.Environment[FleetCredentials.UserVariable] = User;
        start.Environment[FleetCredentials.PasswordVariable] = Password;
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
