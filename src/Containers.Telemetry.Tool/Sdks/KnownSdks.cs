using Containers.Telemetry.Hashing;
using Containers.Telemetry.Tool.Doctor;

namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The SDKs whose publishes are observed. The package's targets decide that, and here they are asked.</summary>
internal sealed class KnownSdks
{
    private const string FirstProperty = "_ContainersTelemetryFirstSdk";
    private const string FirstUnknownProperty = "_ContainersTelemetryFirstUnknownSdk";
    private const string KnownTargetsProperty = "_ContainersTelemetryKnownTargets";

    private readonly string _knownTargets;

    private KnownSdks(Version first, Version firstUnknown, string knownTargets)
    {
        First = first;
        FirstUnknown = firstUnknown;
        _knownTargets = knownTargets;
    }

    /// <summary>Those of the package that this tool was made with.</summary>
    public static KnownSdks OfThisTool => new(ObservedSdks.First, ObservedSdks.FirstUnknown, ObservedSdks.KnownTargets);

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
            : OfThisTool;

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

    // As the targets do it: of the text in UTF-8 without a mark of its encoding, and with line feeds for line ends.
    private static string HashOf(string path)
    {
        byte[] text = File.ReadAllBytes(path);
        int start = new ReadOnlySpan<byte>(text).StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        int end = start;
        for (int next = start; next < text.Length; next++)
        {
            if (text[next] != (byte)'\r')
            {
                text[end++] = text[next];
            }
        }

        return Sha256.HexOf(text.AsSpan(start, end - start));
    }
}
