using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>The data and configuration folders of a user who has not published before.</summary>
internal sealed class UserFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    public string Data => _folder.Combine("data", "containers-telemetry");

    public string Configuration => _folder.Combine("config", "containers-telemetry");

    /// <summary>The stored events, oldest first.</summary>
    public IReadOnlyList<OtlpJsonRecord> Events => ReadEvents(Data);

    /// <summary>The events in a data folder, oldest first.</summary>
    public static IReadOnlyList<OtlpJsonRecord> ReadEvents(string data) =>
        [.. Files(Path.Combine(data, "events"), "*.jsonl").SelectMany(File.ReadLines).SelectMany(OtlpJsonRecord.Read)];

    /// <summary>The matching files by name; none if the folder does not exist.</summary>
    public static string[] Files(string folder, string pattern = "*") =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>Adds this user's folders to a request.</summary>
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
