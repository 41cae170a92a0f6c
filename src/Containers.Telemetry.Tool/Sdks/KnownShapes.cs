namespace Containers.Telemetry.Tool.Sdks;

/// <summary>The container targets of released SDKs, which the package's targets recognize by a fingerprint without a search.</summary>
/// <remarks><c>status</c> needs only this for most SDKs. Reading XML or a regular expression would take as long as the rest of it.</remarks>
internal static class KnownShapes
{
    private const string Element = "_ContainersTelemetryKnownShapes>";

    private static readonly Lazy<string> Fingerprints = new(ReadFingerprints);

    /// <summary>Whether the fingerprint of these targets and props is known; false if they have to be searched.</summary>
    /// <param name="targets">Full path of the container targets.</param>
    /// <param name="props">Full path of the props that register the container tasks.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a file.</exception>
    public static bool Contain(string targets, string props) =>
        Fingerprints.Value.Contains(string.Create(CultureInfo.InvariantCulture, $"|{HashOf(Read(targets) + Read(props))}|"), StringComparison.Ordinal);

    private static string ReadFingerprints()
    {
        using var reader = new StreamReader(PackageTargets.OpenOwn());
        string text = reader.ReadToEnd();
        int start = text.IndexOf("<" + Element, StringComparison.Ordinal);
        return text[start..text.IndexOf("</" + Element, start, StringComparison.Ordinal)];
    }

    private static string Read(string file) => File.ReadAllText(file).Replace("\r", "", StringComparison.Ordinal);

    /// <summary>Computes the property function <c>MSBuild::StableStringHash</c>.</summary>
    private static int HashOf(string text)
    {
        int even = (5381 << 16) + 5381;
        int odd = even;
        for (int i = 0; i < text.Length; i += 2)
        {
            int pair = text[i] | (i + 1 < text.Length ? text[i + 1] << 16 : 0);
            ref int hash = ref i % 4 == 0 ? ref even : ref odd;
            hash = ((hash << 5) + hash + (hash >> 27)) ^ pair;
        }

        return even + (odd * 1566083941);
    }
}
