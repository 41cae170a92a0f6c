using System.Text.RegularExpressions;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Core.Tests.Namespaces;

/// <summary>A C# file of the product: project, namespace, declared types and dependencies.</summary>
internal sealed partial class ProductFile
{
    private const string Root = "Containers.Telemetry";

    private readonly string _code;

    private ProductFile(string project, string text)
    {
        _code = Comment().Replace(text, "");
        Project = project;
        Namespace = NamespaceLine().Match(_code) is { Success: true } line ? line.Groups[1].Value : project;
        Types = [.. TypeLine().Matches(_code).Select(match => match.Groups[1].Value)];
        Usings = [.. UsingLine().Matches(_code).Select(match => match.Groups[1].Value)];
    }

    /// <summary>The folder under <c>src</c>.</summary>
    public string Project { get; }

    public string Namespace { get; }

    /// <summary>The namespace without the prefix that all namespaces share.</summary>
    public string Room => Short(Namespace);

    public IReadOnlyList<string> Types { get; }

    public IReadOnlyList<string> Usings { get; }

    /// <summary>All files under <c>src</c>.</summary>
    public static List<ProductFile> ReadAll()
    {
        string folder = Path.Combine(Repository.Root, "src");
        return
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Path: Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar), Text: File.ReadAllText(file)))
                .Where(file => !file.Path.Contains("obj") && !file.Path.Contains("node_modules"))
                .Select(file => new ProductFile(file.Path[0], file.Text)),
        ];
    }

    public static ProductFile Parse(string project, string text) => new(project, text);

    public static string Short(string name) => name == Root ? "Root" : name[(Root.Length + 1)..];

    /// <summary>
    /// Whether the code names a type. A type of an outer namespace needs no <c>using</c>. A method of the same name does not count.
    /// </summary>
    public bool Names(string type) => Regex.IsMatch(_code, $@"(?<![\w.]){type}\b(?!\()|\bnew {type}\(");

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:public |internal |file )[\w ]*\b(?:class|record|struct|interface|enum) (?:struct )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(Containers\.Telemetry[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
