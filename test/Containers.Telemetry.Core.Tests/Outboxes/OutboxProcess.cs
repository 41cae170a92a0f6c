using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Outboxes;

/// <summary>A child process that publishes to an outbox: it appends records and sends all pending ones.</summary>
internal sealed class OutboxProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a process that publishes after <see cref="Begin"/>.</summary>
    /// <param name="fixture">The outbox and the receiver.</param>
    /// <param name="writer">The first part of the identifiers of its records.</param>
    /// <param name="publishes">The number of its publishes.</param>
    /// <param name="events">The number of records of each publish.</param>
    /// <param name="endpoint">The endpoint; null for the receiver.</param>
    /// <param name="proxy">The proxy that its environment names; null for none.</param>
    public OutboxProcess(OutboxFixture fixture, int writer, int publishes, int events, string? endpoint = null, string? proxy = null)
    {
        string[] arguments =
        [
            fixture.Folder,
            endpoint ?? fixture.Receiver.Address.AbsoluteUri,
            writer.ToString(CultureInfo.InvariantCulture),
            publishes.ToString(CultureInfo.InvariantCulture),
            events.ToString(CultureInfo.InvariantCulture),
        ];
        KeyValuePair<string, string>[] variables = proxy is null ? [] : [new("http_proxy", proxy), new("no_proxy", "")];
        _process = DotnetHost.Start(typeof(NumberedRecord).Assembly.Location, arguments, variables);
    }

    public void WaitUntilReady() => Assert.AreEqual("ready", _process.StandardOutput.ReadLine());

    public void Begin() => _process.StandardInput.WriteLine();

    /// <summary>Kills the process (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for the end of a process that the test does not kill.</summary>
    public void WaitForSuccess()
    {
        string errors = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        Assert.AreEqual(0, _process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
