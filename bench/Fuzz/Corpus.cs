namespace Containers.Telemetry.Fuzz;

/// <summary>The inputs that broke a reader or a classifier once, kept for ever: a folder for each target, a file for each input.</summary>
internal static class Corpus
{
    /// <summary>The path from the root of the repository.</summary>
    public const string Folder = "test/corpus/inputs";

    /// <summary>Lists the files.</summary>
    /// <param name="root">The root of the repository.</param>
    public static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, Folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>The target that a file is for.</summary>
    /// <exception cref="InvalidOperationException">There is no target of the name of its folder.</exception>
    public static FuzzTarget TargetOf(string file) => FuzzTargets.All.Single(target => target.Name == Path.GetFileName(Path.GetDirectoryName(file)));
}
