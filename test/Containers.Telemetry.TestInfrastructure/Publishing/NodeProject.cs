using System.Collections.Concurrent;
using System.Diagnostics;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A Node.js project next to the tests, with its packages restored.</summary>
public sealed class NodeProject
{
    private static readonly ConcurrentDictionary<string, Lazy<NodeProject>> Restored = new(StringComparer.Ordinal);
    private readonly string _node;

    private NodeProject(string folder, string node)
    {
        Folder = folder;
        _node = node;
    }

    /// <summary>Full path of the project.</summary>
    public string Folder { get; }

    /// <summary>Returns a project; without Node.js the test is inconclusive.</summary>
    /// <param name="name">Its folder next to the tests, with a <c>package-lock.json</c>.</param>
    public static NodeProject OrInconclusive(string name) => Restored.GetOrAdd(name, static name => new Lazy<NodeProject>(() => Restore(name))).Value;

    /// <summary>Runs a script of the project, and returns its output.</summary>
    public string Run(string script, string[] arguments, byte[] input) => Run(Folder, _node, [script, .. arguments], input);

    /// <summary>Starts a script of the project with redirected input and output.</summary>
    /// <param name="script">Its path in the project.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Variables of its environment.</param>
    public Process Start(string script, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> variables)
    {
        ProcessStartInfo start = StartOf(Folder, _node, [script, .. arguments]);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static NodeProject Restore(string name)
    {
        string? node = ProgramOnPath.Find("node");
        string? npm = ProgramOnPath.Find("npm");
        if (node is null || npm is null)
        {
            Assert.Inconclusive($"No Node.js: install node and npm, which run {name}.");
        }

        string folder = Path.Combine(AppContext.BaseDirectory, name);
        string mark = Path.Combine(folder, "node_modules", ".restored");
        string lockFile = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        if (!File.Exists(mark) || File.ReadAllText(mark) != lockFile)
        {
            Run(folder, npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], []);
            File.WriteAllText(mark, lockFile);
        }

        return new NodeProject(folder, node);
    }

    private static string Run(string folder, string program, string[] arguments, byte[] input)
    {
        using Process process = Process.Start(StartOf(folder, program, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {errors.Result}{output.Result}");
        return output.Result;
    }

    private static ProcessStartInfo StartOf(string folder, string program, string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
