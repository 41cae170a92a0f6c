using System.Globalization;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// Makes a text from somebody else's file fit to be shown. What the package writes is fit already; a file that is read need not come from it,
/// and what it holds must neither command the terminal nor fill the memory.
/// </summary>
internal static class PrintableText
{
    /// <summary>The longest text that is kept whole, in characters: twice what a dimension's value may have.</summary>
    public const int MaxLength = 128;

    private const char Ellipsis = '\u2026';
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Returns the text, the same object where nothing is wrong with it. Control characters, line ends and what turns the direction of writing
    /// are replaced; what is too long is cut off.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Length > MaxLength)
        {
            int length = MaxLength - (char.IsHighSurrogate(text[MaxLength - 2]) ? 2 : 1);
            text = text[..length] + Ellipsis;
        }

        return text.All(IsPrintable) ? text : string.Concat(text.Select(static character => IsPrintable(character) ? character : Replacement));
    }

    private static bool IsPrintable(char character) =>
        char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && character is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
