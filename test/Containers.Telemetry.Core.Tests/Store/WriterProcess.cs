using System.Diagnostics;
using System.Globalization;

namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A process of its own that appends to a log, or keeps others from it.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;
    private int _appended;

    private WriterProcess(IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments)
    {
        string program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(program, ["exec", typeof(NumberedLine).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Starts a process that appends lines once it is told to <see cref="Begin"/>.</summary>
    public static WriterProcess Append(string folder, int writer, int count, int bytes, IReadOnlyDictionary<string, string>? variables = null) =>
        new(variables ?? new Dictionary<string, string>(), "append", folder, Text(writer), Text(count), Text(bytes));

    /// <summary>Starts a process that deletes the lines of a writer again and again, once it is told to <see cref="Begin"/>, until it is killed.</summary>
    public static WriterProcess Delete(string folder, int writer) => new(new Dictionary<string, string>(), "delete", folder, Text(writer));

    /// <summary>Starts a process that has a file open for itself until it is disposed of.</summary>
    public static WriterProcess Hold(string file) => new(new Dictionary<string, string>(), "hold", file);

    public void WaitUntilReady() => Assert.AreEqual("ready", _process.StandardOutput.ReadLine());

    public void Begin() => _process.StandardInput.WriteLine();

    /// <summary>Ends the process without asking it (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits until the process has said that it has appended another line; returns false when it has ended.</summary>
    public bool WaitUntilAppended()
    {
        if (_process.StandardOutput.ReadLine() is not { } number)
        {
            return false;
        }

        Assert.AreEqual(Text(_appended++), number);
        return true;
    }

    /// <summary>Waits for the end of the process; returns how many lines it has said to be appended.</summary>
    public int CountAppended()
    {
        while (WaitUntilAppended())
        {
        }

        _process.WaitForExit();
        return _appended;
    }

    /// <summary>What the process has said about a failure, if any.</summary>
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
