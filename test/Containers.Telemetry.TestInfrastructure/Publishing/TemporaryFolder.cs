namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A folder that is deleted with this object.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("ct-").FullName;

    /// <summary>Path of a file or folder in this folder.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that is ending may still have a file open, which must not fail a test that has passed.
        }
    }
}
