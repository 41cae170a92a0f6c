using System.Security.Cryptography;
using System.Text;

namespace Containers.Telemetry.Fuzz;

/// <summary>An input that breaks a target.</summary>
internal sealed record FuzzFailure(string Target, byte[] Input, Exception Problem)
{
    /// <summary>The place of the input in the corpus: its path relative to the root of the repository.</summary>
    public string CorpusFile => $"{Corpus.Folder}/{Target}/{Convert.ToHexStringLower(SHA256.HashData(Input))[..12]}";

    /// <summary>The failure, the input, and the command that adds it to the corpus.</summary>
    public override string ToString() =>
        $"""
        {Target} breaks at {Input.Length} bytes:
        {Printable(Input)}
        To add it to the corpus, under a name that says what it is:
        mkdir -p {Path.GetDirectoryName(CorpusFile)} && base64 -d > {CorpusFile} <<< '{Convert.ToBase64String(Input)}'
        {Problem}
        """;

    private static string Printable(byte[] input)
    {
        var text = new StringBuilder();
        foreach (byte value in input.AsSpan(0, Math.Min(input.Length, 1_000)))
        {
            _ = value is >= (byte)' ' and <= (byte)'~' ? text.Append((char)value) : text.Append($"\\x{value:x2}");
        }

        return text.ToString();
    }
}
