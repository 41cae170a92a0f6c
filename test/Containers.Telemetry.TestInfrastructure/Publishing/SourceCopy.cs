namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A copy of the sources of the packages, without the Git repository and without build output.</summary>
public static class SourceCopy
{
    private static readonly string[] Folders = ["build", "buildTransitive", "docs", "src"];

    /// <summary>Makes a copy.</summary>
    /// <param name="folder">A folder that does not exist.</param>
    /// <param name="time">The time of all copied files.</param>
    public static void Make(string folder, DateTime time)
    {
        Directory.CreateDirectory(Path.Combine(folder, "artifacts", "packages"));
        foreach (string file in Directory.EnumerateFiles(Repository.Root).Where(static file => Path.GetExtension(file) != ".binlog"))
        {
            Copy(file, Path.Combine(folder, Path.GetFileName(file)), time);
        }

        foreach (string source in Folders)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, source), "*", SearchOption.AllDirectories))
            {
                Copy(file, Path.Combine(folder, Path.GetRelativePath(Repository.Root, file)), time);
            }
        }
    }

    private static void Copy(string file, string copy, DateTime time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
        File.SetLastWriteTimeUtc(copy, time);
    }
}
