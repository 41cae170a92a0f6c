namespace Containers.Telemetry.Fuzz;

/// <summary>The inputs that once broke a reader or a classifier, kept forever: a folder for each target, a file for each input.</summary>
internal static class Corpus
{
    /// <summary>The path relative to the root of the repository.</summary>
    public const string Folder = "test/corpus/inputs";

    /// <summary>Lists the files.</summary>
    /// <param name="root">The root of the repository.</param>
    public static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, Folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>The target of a file.</summary>
    /// <exception cref="InvalidOperationException">No target has the name of its folder.</exception>
    public static FuzzTarget TargetOf(string file) => FuzzTargets.All.Single(target => target.Name == Path.GetFileName(Path.GetDirectoryName(file)));
}
