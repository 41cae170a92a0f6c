using System.Buffers;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>A word of a command line that the tool suggests.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\n\r!\"#$&'()*;<=>?[]^`{|}~");

    /// <summary>Returns the word as it is, or in quotes if a shell of this platform would interpret it.</summary>
    public static string Quote(string word)
    {
        if (OperatingSystem.IsWindows())
        {
            return word.AsSpan().ContainsAny(Special) ? $"\"{word}\"" : word;
        }

        return word.Contains('\\', StringComparison.Ordinal) || word.AsSpan().ContainsAny(Special)
            ? $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"
            : word;
    }
}
