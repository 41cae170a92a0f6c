using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>A project as MSBuild evaluated it.</summary>
internal sealed class ProjectProperties
{
    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _packages = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="json">The output of <c>-getProperty</c> and <c>-getItem</c>.</param>
    public ProjectProperties(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonProperty property in document.RootElement.GetProperty("Properties").EnumerateObject())
        {
            _properties[property.Name] = property.Value.GetString()?.Trim() ?? "";
        }

        foreach (JsonProperty items in document.RootElement.GetProperty("Items").EnumerateObject())
        {
            foreach (JsonElement item in items.Value.EnumerateArray())
            {
                _packages.Add(item.GetProperty("Identity").GetString() ?? "");
            }
        }
    }

    /// <summary>The value of a property; empty where it has none.</summary>
    public string this[string name] => _properties.GetValueOrDefault(name, "");

    /// <summary>Whether a package is referenced, by the project or for all projects of a repository.</summary>
    public bool References(string package) => _packages.Contains(package);

    public bool Is(string name, string value) => this[name].Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder of the store that the project names, as Containers.Telemetry.targets resolve it; empty where it names none.</summary>
    /// <param name="project">Full path of the project file.</param>
    public string StoreOf(string project)
    {
        string store = this["ContainersTelemetryStore"];
        return store.Length == 0 || store is "~" or ['~', '/' or '\\', ..] ? store : Path.Combine(Path.GetDirectoryName(project)!, store);
    }

    /// <summary>Resolves the settings of endpoints as a publish does; null where there is no endpoint.</summary>
    public OtlpSettings? ResolveEndpoints(Func<string, string?> getVariable, List<SettingProblem> problems) => OtlpSettings.Resolve(
        this["ContainersTelemetryEndpoint"],
        this["ContainersTelemetryAllowInsecureEndpoint"],
        getVariable,
        problems,
        this["ContainersTelemetryProtocol"],
        this["ContainersTelemetryMetrics"]);
}
