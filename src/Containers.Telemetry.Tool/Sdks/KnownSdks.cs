using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Tool.Doctor;

namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The SDKs whose publishes are observed. The package's targets decide that, and here they are asked.</summary>
internal sealed class KnownSdks
{
    private const string FirstProperty = "_ContainersTelemetryFirstSdk";
    private const string FirstUnknownProperty = "_ContainersTelemetryFirstUnknownSdk";
    private const string KnownTargetsProperty = "_ContainersTelemetryKnownTargets";

    private readonly string _knownTargets;

    /// <summary>Those of the package that this tool was made with.</summary>
    public KnownSdks()
    {
        using Stream targets = typeof(KnownSdks).Assembly.GetManifestResourceStream("Containers.Telemetry.targets")!;
        using var reader = new StreamReader(targets);
        string text = reader.ReadToEnd();
        First = Version.Parse(Value(text, FirstProperty));
        FirstUnknown = Version.Parse(Value(text, FirstUnknownProperty));
        _knownTargets = Value(text, KnownTargetsProperty);
    }

    private KnownSdks(Version first, Version firstUnknown, string knownTargets)
    {
        First = first;
        FirstUnknown = firstUnknown;
        _knownTargets = knownTargets;
    }

    /// <summary>The properties that the package has them in.</summary>
    public static IReadOnlyList<string> Properties { get; } = [FirstProperty, FirstUnknownProperty, KnownTargetsProperty];

    /// <summary>The oldest version that is looked at.</summary>
    public Version First { get; }

    /// <summary>The first version that is not looked at any more.</summary>
    public Version FirstUnknown { get; }

    /// <summary>Those of the package that a project uses, which may be of another version than this tool; those of this tool where it uses none.</summary>
    public static KnownSdks Of(ProjectProperties project) =>
        Version.TryParse(project[FirstProperty], out Version? first) && Version.TryParse(project[FirstUnknownProperty], out Version? firstUnknown)
            ? new KnownSdks(first, firstUnknown, project[KnownTargetsProperty])
            : new KnownSdks();

    /// <summary>Says what the package does in publishes of an SDK.</summary>
    /// <param name="folder">Full path of the folder of the SDK, named by its version.</param>
    public SdkSupport SupportOf(string folder) => SupportOf(folder, Path.GetFileName(folder));

    /// <summary>Says what the package does in publishes of an SDK.</summary>
    /// <param name="folder">Full path of the folder of the SDK.</param>
    /// <param name="versionText">Its version as it says itself.</param>
    public SdkSupport SupportOf(string folder, string versionText)
    {
        string targets = Path.Combine(folder, "Containers", "build", "Microsoft.NET.Build.Containers.targets");
        if (!File.Exists(targets))
        {
            return SdkSupport.NoContainers;
        }

        if (!Version.TryParse(versionText, out Version? version) || version < First || version >= FirstUnknown)
        {
            return SdkSupport.UnknownVersion;
        }

        return _knownTargets.Contains(HashOf(targets), StringComparison.Ordinal) ? SdkSupport.Observed : SdkSupport.UnknownTargets;
    }

    // As the targets do it: the text in UTF-8, with line feeds for line ends.
    private static string HashOf(string path)
    {
        string text = File.ReadAllText(path).Replace("\r", "", StringComparison.Ordinal);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }

    private static string Value(string text, string property)
    {
        int start = text.IndexOf($"<{property}>", StringComparison.Ordinal) + property.Length + 2;
        return text[start..text.IndexOf("</", start, StringComparison.Ordinal)].Trim();
    }
}
