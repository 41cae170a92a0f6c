using System.Security.Cryptography;
using System.Text;

namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The SDKs whose publishes are observed. The package's targets decide that, and here they are asked.</summary>
internal sealed class KnownSdks
{
    private readonly string _knownTargets;

    public KnownSdks()
    {
        using Stream targets = typeof(KnownSdks).Assembly.GetManifestResourceStream("Containers.Telemetry.targets")!;
        using var reader = new StreamReader(targets);
        string text = reader.ReadToEnd();
        First = Version.Parse(Value(text, "_ContainersTelemetryFirstSdk"));
        FirstUnknown = Version.Parse(Value(text, "_ContainersTelemetryFirstUnknownSdk"));
        _knownTargets = Value(text, "_ContainersTelemetryKnownTargets");
    }

    /// <summary>The oldest version that is looked at.</summary>
    public Version First { get; }

    /// <summary>The first version that is not looked at any more.</summary>
    public Version FirstUnknown { get; }

    /// <summary>Says what the package does in publishes of an SDK.</summary>
    /// <param name="folder">Full path of the folder of the SDK, named by its version.</param>
    public SdkSupport SupportOf(string folder)
    {
        string targets = Path.Combine(folder, "Containers", "build", "Microsoft.NET.Build.Containers.targets");
        if (!File.Exists(targets))
        {
            return SdkSupport.NoContainers;
        }

        if (!Version.TryParse(Path.GetFileName(folder), out Version? version) || version < First || version >= FirstUnknown)
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
