using System.Text.RegularExpressions;
using System.Xml;

namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The properties by which the package's targets decide whether publishes are observed.</summary>
internal sealed partial class PackageTargets
{
    private const string Resource = "Containers.Telemetry.targets";
    private const string Prefix = "_ContainersTelemetry";

    private static readonly Lazy<Dictionary<string, string>> Own = new(ReadOwn);

    private readonly Func<string, string> _property;

    private PackageTargets(Func<string, string> property) => _property = property;

    /// <summary>The targets of the package that this tool was made with.</summary>
    public static PackageTargets OfThisTool { get; } = new(static name => Own.Value.GetValueOrDefault(name, ""));

    /// <summary>Names of the properties, for an evaluation of a project.</summary>
    public static IEnumerable<string> Names => Own.Value.Keys;

    /// <summary>The container tasks that the package observes.</summary>
    public IReadOnlyList<string> ObservedTasks => field ??= List("ObservedTasks");

    /// <summary>Container tasks that need not be observed.</summary>
    public IReadOnlyList<string> HarmlessTasks => field ??= List("HarmlessTasks");

    /// <summary>The length of a file, in characters, from which on its content is not searched.</summary>
    public int MaxLength => int.TryParse(Property("MaxLength"), out int length) ? length : 0;

    /// <summary>Finds calls and registrations that the package's tasks cannot replace.</summary>
    public Regex UnknownShape => field ??= new(Property("UnknownShape"), RegexOptions.CultureInvariant);

    /// <summary>The targets of the package that a project uses, which may be of another version; this tool's targets where it uses none.</summary>
    /// <param name="property">Returns the value of a property of the project, empty for none.</param>
    public static PackageTargets Of(Func<string, string> property) => property(Prefix + "UnknownShape").Length > 0 ? new(property) : OfThisTool;

    /// <summary>Opens the text of the targets of the package that this tool was made with.</summary>
    public static Stream OpenOwn() => typeof(PackageTargets).Assembly.GetManifestResourceStream(Resource)!;

    /// <summary>The inputs that the package declares of a task.</summary>
    public IReadOnlyList<string> InputsOf(string task) => List(task + "Inputs");

    /// <summary>The outputs that the package declares of a task.</summary>
    public IReadOnlyList<string> OutputsOf(string task) => List(task + "Outputs");

    private string[] List(string name) => Property(name).Split('|', StringSplitOptions.RemoveEmptyEntries);

    private string Property(string name) => _property(Prefix + name);

    /// <summary>Reads the groups of properties that depend only on earlier ones.</summary>
    private static Dictionary<string, string> ReadOwn()
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using Stream stream = OpenOwn();
        using var reader = XmlReader.Create(stream);
        while (reader.ReadToFollowing("PropertyGroup"))
        {
            if (reader.GetAttribute("Label") is "Limits" or "Declared parameters" or "Unknown shapes")
            {
                using XmlReader group = reader.ReadSubtree();
                ReadGroup(group, properties);
            }
        }

        return properties;
    }

    private static void ReadGroup(XmlReader group, Dictionary<string, string> properties)
    {
        group.Read();
        group.Read();
        while (!group.EOF)
        {
            if (group.NodeType is XmlNodeType.Element)
            {
                string name = group.Name;
                properties[name] = Reference().Replace(
                    group.ReadElementContentAsString(), match => properties.GetValueOrDefault(match.Groups["name"].Value, ""));
            }
            else
            {
                group.Read();
            }
        }
    }

    [GeneratedRegex(@"\$\((?<name>\w+)\)")]
    private static partial Regex Reference();
}
