using System.Diagnostics;
using System.Globalization;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A child process that appends to a log, or that holds a lock on it.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;
    private int _appended;

    private WriterProcess(IEnumerable<KeyValuePair<string, string>> variables, params IEnumerable<string> arguments) =>
        _process = DotnetHost.Start(typeof(NumberedLine).Assembly.Location, arguments, variables);

    /// <summary>Starts a process that appends lines after <see cref="Begin"/>.</summary>
    public static WriterProcess Append(string folder, int writer, int count, int bytes, IEnumerable<KeyValuePair<string, string>>? variables = null) =>
        new(variables ?? [], "append", folder, Text(writer), Text(count), Text(bytes));

    /// <summary>Starts a process that deletes the lines of a writer again and again after <see cref="Begin"/>, until it is killed.</summary>
    public static WriterProcess Delete(string folder, int writer) => new([], "delete", folder, Text(writer));

    /// <summary>Starts a process that opens a file exclusively until it is disposed of.</summary>
    public static WriterProcess Hold(string file) => new([], "hold", file);

    public void WaitUntilReady() => Assert.AreEqual("ready", _process.StandardOutput.ReadLine());

    public void Begin() => _process.StandardInput.WriteLine();

    /// <summary>Kills the process (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits until the process reports another appended line; returns false when it has ended.</summary>
    public bool WaitUntilAppended()
    {
        if (_process.StandardOutput.ReadLine() is not { } number)
        {
            return false;
        }

        Assert.AreEqual(Text(_appended++), number);
        return true;
    }

    /// <summary>Waits for the end of the process; returns the number of lines that it has reported.</summary>
    public int CountAppended()
    {
        while (WaitUntilAppended())
        {
        }

        _process.WaitForExit();
        return _appended;
    }

    /// <summary>The failure that the process has reported, if any.</summary>
    public string ReadErrors() => _process.StandardError.ReadToEnd();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
