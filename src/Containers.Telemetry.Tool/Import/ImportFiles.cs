using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Import;

/// <summary>Finds the files that arguments name: files, and the files in folders.</summary>
internal sealed class ImportFiles(ToolContext context)
{
    /// <summary>What is typed for the standard input.</summary>
    public const string Input = "-";

    /// <summary>The name of the standard input in messages.</summary>
    public const string InputName = "standard input";

    /// <summary>Returns full paths with their display names: the named files, and all files in folders that may hold lines of JSON.</summary>
    /// <param name="unreadable">Takes folders that cannot be read: named ones, and those in them.</param>
    /// <exception cref="ToolException">A name is neither a file nor a folder, or a folder holds no such file.</exception>
    public IReadOnlyList<(string Path, string Name)> Find(IEnumerable<string> names, List<UnreadableFile> unreadable)
    {
        var files = new List<(string Path, string Name)>();
        foreach (string name in names)
        {
            if (name == Input)
            {
                files.Add(context.Terminal.IsInteractive
                    ? throw ToolException.Usage("import - reads events from a pipe: cat events.jsonl | containers-telemetry import -.")
                    : (Input, InputName));
                continue;
            }

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

            var folders = new List<UnreadableFile>();
            IReadOnlyList<string> found = In(path, folders);
            if (found.Count + folders.Count == 0)
            {
                throw ToolException.Usage(
                    $"The folder {name} holds no file that ends in {string.Join(", ", OtlpFiles.Endings)} or one of these with .gz. " +
                    "Name the files.");
            }

            files.AddRange(found.Where(OtlpFiles.HasContent).Select(file => (file, NameOf(file))));
            unreadable.AddRange(folders.Select(folder => folder with { Path = NameOf(folder.Path) }));

            string NameOf(string entry) => entry == path ? name : Path.Combine(name, Path.GetRelativePath(path, entry));
        }

        return files;
    }

    private static IReadOnlyList<string> In(string folder, List<UnreadableFile> unreadable)
    {
        try
        {
            return OtlpFiles.In(folder, unreadable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unreadable.Add(UnreadableFile.Of(folder, e));
            return [];
        }
    }
}
