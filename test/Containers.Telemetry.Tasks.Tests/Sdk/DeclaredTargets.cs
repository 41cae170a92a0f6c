using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Containers.Telemetry.Sdk;

/// <summary>The package's targets, with the properties that decide whether an SDK is observed.</summary>
internal static partial class DeclaredTargets
{
    private static readonly Dictionary<string, string> Properties = Read();

    /// <summary>Returns the value of a property that depends only on properties of the same file.</summary>
    public static string Property(string name) => Properties[name];

    private static Dictionary<string, string> Read()
    {
        string file = typeof(DeclaredTargets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(
            metadata => metadata.Key == "PackageTargets").Value!;
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<XElement> groups = XDocument.Load(file).Root!.Elements("PropertyGroup")
            .Where(group => (string?)group.Attribute("Label") is "Declared parameters" or "Unknown shapes");
        foreach (XElement property in groups.Elements())
        {
            properties[property.Name.LocalName] = Reference().Replace(property.Value, match => properties.GetValueOrDefault(match.Groups["name"].Value, ""));
        }

        return properties;
    }

    [GeneratedRegex(@"\$\((?<name>\w+)\)")]
    private static partial Regex Reference();
}
