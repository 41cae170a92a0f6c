namespace Containers.Telemetry.Core.Tests.Namespaces;

/// <summary>A file of lines that a test compares with the product.</summary>
internal static class TrackedFile
{
    /// <summary>Regenerates the files.</summary>
    public const string UpdateCommand = UpdateVariable + "=1 dotnet test test/Containers.Telemetry.Core.Tests --filter Namespaces";

    private const string UpdateVariable = "CONTAINERS_TELEMETRY_UPDATE_DOCS";

    /// <summary>Writes the lines if an update was requested.</summary>
    public static void Update(string path, IEnumerable<string> lines)
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', lines) + '\n');
        }
    }
}
