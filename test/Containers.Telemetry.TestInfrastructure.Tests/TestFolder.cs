namespace Containers.Telemetry.TestInfrastructure.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("containers-telemetry-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
