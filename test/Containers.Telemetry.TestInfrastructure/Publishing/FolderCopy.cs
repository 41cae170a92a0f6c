namespace Containers.Telemetry.TestInfrastructure.Publishing;

internal static class FolderCopy
{
    /// <summary>Copies a folder recursively. File times stay, so that incremental builds see no change.</summary>
    public static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            string target = Path.Combine(destination, entry.Name);
            if (entry is FileInfo file)
            {
                file.CopyTo(target);
            }
            else
            {
                Copy(entry.FullName, target);
            }
        }
    }
}
