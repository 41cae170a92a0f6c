using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>The folders of this user's data.</summary>
/// <param name="namedStore">The folder that the user named on the command line, or null.</param>
/// <param name="storeProperty">The property ContainersTelemetryStore of a project, or null.</param>
internal sealed class UserData(ToolContext context, string? namedStore = null, string? storeProperty = null)
{
    private const string DatasetName = "dataset";
    private const string ImportsName = "imports";

    private DataFolder? _folder;

    /// <summary>The folder of the store, by the settings; without a path if there is none.</summary>
    public DataFolder Folder => _folder ??= namedStore is null
        ? DataFolder.Resolve(storeProperty, context.Machine.GetVariable, context.Machine.OSFamily, context.Machine.AccountHome)
        : new DataFolder(context.FullPath(namedStore), Problem: null);

    /// <exception cref="ToolException">There is none.</exception>
    public string StorePath => Folder.Path
        ?? throw ToolException.Failure($"There is no folder for the store: this user has no home. Name one with --store or {DataFolder.VariableName}.");

    public string EventsPath => StoreLayout.EventsIn(StorePath);

    public string OutboxPath => StoreLayout.OutboxIn(StorePath);

    /// <summary>Full path of the folder of datasets and of their secret.</summary>
    public string DatasetPath => Path.Combine(StorePath, DatasetName);

    /// <summary>Full path of the folder of journals of imports into databases; null if there is no folder for the store.</summary>
    public string? ImportsPath => Folder.Path is { } store ? Path.Combine(store, ImportsName) : null;

    /// <summary>Full paths of the logs of the outbox: one for each destination and kind of request.</summary>
    public IEnumerable<string> OutboxLogs() => Directory.Exists(OutboxPath)
        ? Directory.GetDirectories(OutboxPath).Order(StringComparer.Ordinal).SelectMany(Directory.GetDirectories)
        : [];

    /// <summary>The folder of the user's choice and pseudonyms.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public ConfigFolder Config => context.Config
        ?? throw ToolException.Failure("There is no folder for settings: this user has no home. Set HOME, or use CONTAINERS_TELEMETRY_OPTOUT instead.");
}
