using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Containers.Telemetry.Fleet.Tests.Engines;

/// <summary>
/// A server process of the tests. Its output is always read, so that the server never blocks on a full pipe. A failure message contains it.
/// </summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _written = new();
    private readonly TaskCompletionSource<string?> _firstLine = new();

    /// <param name="process">A process whose output and errors are redirected.</param>
    public EngineProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits for the port, which the process prints on its first line.</summary>
    public async Task<int> PortAsync() =>
        int.TryParse(await _firstLine.Task, CultureInfo.InvariantCulture, out int port) ? port : throw Failure();

    /// <summary>Waits until something listens on a port.</summary>
    public async Task ListensAsync(int port)
    {
        while (!_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw Failure();
    }

    /// <summary>Kills the process, as in a power failure.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line, bool isOutput)
    {
        if (isOutput)
        {
            _firstLine.TrySetResult(line);
        }

        lock (_written)
        {
            _written.AppendLine(line);
        }
    }

    private InvalidOperationException Failure()
    {
        lock (_written)
        {
            return new InvalidOperationException($"{_process.StartInfo.FileName} did not start: {_written}");
        }
    }
}
