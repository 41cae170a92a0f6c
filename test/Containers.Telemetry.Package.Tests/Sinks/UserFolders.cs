using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Data and configuration of a user who has published nothing before.</summary>
internal sealed class UserFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder that holds all of it.</summary>
    public string Root => _folder.Path;

    public string Data => _folder.Combine("data", "containers-telemetry");

    public string Configuration => _folder.Combine("config", "containers-telemetry");

    /// <summary>The events that are stored, oldest first.</summary>
    public IReadOnlyList<OtlpJsonRecord> Events => ReadEvents(Data);

    /// <summary>The events in a folder of data, oldest first.</summary>
    public static IReadOnlyList<OtlpJsonRecord> ReadEvents(string data) =>
        [.. Files(Path.Combine(data, "events"), "*.jsonl").SelectMany(File.ReadLines).SelectMany(OtlpJsonRecord.Read)];

    /// <summary>The files that match, by name; none without the folder.</summary>
    public static string[] Files(string folder, string pattern = "*") =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>Makes a request one of this user.</summary>
    public PublishRequest Of(PublishRequest request) => request with
    {
        Environment = user => request.Environment(user)
            .With("XDG_DATA_HOME", _folder.Combine("data"))
            .With("XDG_CONFIG_HOME", _folder.Combine("config"))
            .With("LOCALAPPDATA", _folder.Combine("data"))
            .With("APPDATA", _folder.Combine("config")),
    };

    public void Dispose() => _folder.Dispose();
}
