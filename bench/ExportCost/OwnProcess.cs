using System.Diagnostics;

namespace Containers.Telemetry.ExportCost;

/// <summary>Runs this program in its own process.</summary>
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

    /// <summary>Its CPU time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Waits for the next line that it writes.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A child process has failed.");

    /// <summary>Ends it by closing its input.</summary>
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
