namespace Containers.Telemetry.Classification;

/// <summary>
/// Checks reported text against listed words and bounded numbers. Knows nothing of the grammars in the product, so it is an independent oracle.
/// </summary>
internal static class Vocabulary
{
    private const int MaxNumbers = 9;

    /// <summary>Whether the text consists of listed words, numbers of bounded length, dots and dashes only.</summary>
    public static bool Covers(string text, string[] words, int maxDigits)
    {
        int numbers = 0;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            if (char.IsAsciiDigit(text[i]))
            {
                i = End(text, i, char.IsAsciiDigit);
                numbers++;
                if (i - start > maxDigits)
                {
                    return false;
                }
            }
            else if (char.IsAsciiLetter(text[i]))
            {
                i = End(text, i, char.IsAsciiLetter);
                if (!words.Contains(text[start..i], StringComparer.Ordinal))
                {
                    return false;
                }
            }
            else if (text[i++] is not ('.' or '-'))
            {
                return false;
            }
        }

        return numbers <= MaxNumbers;
    }

    private static int End(string text, int start, Func<char, bool> belongs)
    {
        int end = start;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return end;
    }
}
