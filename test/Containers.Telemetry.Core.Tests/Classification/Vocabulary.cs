namespace Containers.Telemetry.Classification;

/// <summary>Judges reported text on its own terms: listed words and bounded numbers, with no knowledge of any grammar.</summary>
internal static class Vocabulary
{
    private const int MaxNumbers = 9;

    /// <summary>Whether the text is made of listed words, numbers of so many digits, dots and dashes only.</summary>
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
