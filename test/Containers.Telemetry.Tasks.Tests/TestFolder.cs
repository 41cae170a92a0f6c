namespace Containers.Telemetry;

/// <summary>A folder of its own for a test, gone after it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containers-telemetry-");

    public string PathOf(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    public string Write(string text, params string[] parts)
    {
        string path = PathOf(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
