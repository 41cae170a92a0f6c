namespace Containers.Telemetry.Classification;

/// <summary>Decimal numbers joined by single dots, as in versions. Bounded, so that it cannot carry a long number.</summary>
internal static class DottedNumber
{
    /// <summary>The digits that one part may have; enough for a year.</summary>
    public const int MaxDigits = 4;

    /// <summary>Whether the text is nothing but ASCII digits.</summary>
    /// <remarks>A call for each character made the classification of a private ECR host a third slower.</remarks>
    public static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>Measures the dotted number at the start of the text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Its length, or 0 when the text starts with none or a part is too long.</returns>
    public static int Measure(ReadOnlySpan<char> text, out int parts)
    {
        parts = 0;
        int length = 0;
        int next = 0;
        while (true)
        {
            int digits = 0;
            while (next + digits < text.Length && char.IsAsciiDigit(text[next + digits]))
            {
                digits++;
            }

            if (digits > MaxDigits)
            {
                return 0;
            }

            if (digits == 0)
            {
                return length;
            }

            parts++;
            length = next + digits;
            if (length == text.Length || text[length] != '.')
            {
                return length;
            }

            next = length + 1;
        }
    }

    /// <summary>Whether the whole text is a dotted number of so many parts.</summary>
    public static bool IsMatch(ReadOnlySpan<char> text, int minParts, int maxParts) =>
        !text.IsEmpty && Measure(text, out int parts) == text.Length && parts >= minParts && parts <= maxParts;
}
