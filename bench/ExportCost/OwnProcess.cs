using System.Diagnostics;

namespace Containers.Telemetry.ExportCost;

/// <summary>This program in a process of its own.</summary>
internal sealed class OwnProcess : IDisposable
{
    private readonly Process _process;

    private OwnProcess(Process process) => _process = process;

    public static OwnProcess Start(params string[] arguments)
    {
        ProcessStartInfo start = new(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(OwnProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        return new OwnProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the next line that it writes.</summary>
    /// <exception cref="InvalidOperationException">It has ended instead.</exception>
    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A child process has failed.");

    /// <summary>Ends it by the end of its input.</summary>
    public Task StopAsync()
    {
        _process.StandardInput.Close();
        return _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited && !_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
