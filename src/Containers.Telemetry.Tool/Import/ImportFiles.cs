namespace Containers.Telemetry.Tool.Import;

/// <summary>Finds the files that somebody means who names files and folders.</summary>
internal sealed class ImportFiles(ToolContext context)
{
    private static readonly string[] Endings = [".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz"];

    /// <summary>Returns full paths with the names to call them by: named files as they are, and of folders all that may hold lines of JSON.</summary>
    /// <exception cref="ToolException">A name is neither a file nor a folder, or a folder holds no such file.</exception>
    public IReadOnlyList<(string Path, string Name)> Find(IEnumerable<string> names)
    {
        var files = new List<(string Path, string Name)>();
        foreach (string name in names)
        {
            string path = context.FullPath(name);
            if (File.Exists(path))
            {
                files.Add((path, name));
                continue;
            }

            if (!Directory.Exists(path))
            {
                throw ToolException.Usage($"There is no file or folder {name}.");
            }

            int count = files.Count;
            foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(HasEnding).Order(StringComparer.Ordinal))
            {
                files.Add((file, Path.Combine(name, Path.GetRelativePath(path, file))));
            }

            if (files.Count == count)
            {
                throw ToolException.Usage($"The folder {name} holds no file that ends in {string.Join(", ", Endings[..3])} or one of these with .gz. Name the files.");
            }
        }

        return files;
    }

    private static bool HasEnding(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
