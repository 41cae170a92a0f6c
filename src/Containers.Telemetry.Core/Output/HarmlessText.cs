using System.Buffers;
using System.Text.Encodings.Web;

namespace Containers.Telemetry.Output;

/// <summary>Makes text from outside harmless, for each output format: names of files and columns, values of others, answers of receivers.</summary>
public static class HarmlessText
{
    private const char Apostrophe = '\'';
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    // The last four are the wide forms of the first four, which Excel treats alike in East Asian languages.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\uFF1D\uFF0B\uFF0D\uFF20");
    private static readonly SearchValues<char> CellSeparators = SearchValues.Create(",;|");
    private static readonly SearchValues<char> MarkdownSyntax = SearchValues.Create("\\`*_[]<>|~&$");

    /// <summary>The options for JSON on one line. See <see cref="IndentedJson"/>.</summary>
    public static JsonWriterOptions Json => new() { Encoder = HarmlessJsonEncoder.Instance };

    /// <summary>The options for JSON on several lines. Strings are safe in a terminal, and cannot end an element of an HTML page.</summary>
    public static JsonWriterOptions IndentedJson => new() { Encoder = HarmlessJsonEncoder.Instance, Indented = true };

    /// <summary>
    /// Returns a text that stays on one line of a terminal or a log. White space is a space, and a replacement character (U+FFFD) replaces
    /// control characters, for half of a surrogate pair, and characters that reverse or hide the text around them.
    /// </summary>
    public static string Line(string text) => Clean(text, keepsLineFeeds: false);

    /// <summary>Returns the same for a text of several lines.</summary>
    public static string Lines(string text) => Clean(text, keepsLineFeeds: true);

    /// <summary>Returns a text that no spreadsheet reads as a formula: an apostrophe marks it, also after <c>, ; |</c>, where a cell may begin.</summary>
    public static string SpreadsheetCell(string text)
    {
        string line = Line(text);
        if (!line.AsSpan().ContainsAny(FormulaStarts))
        {
            return line;
        }

        var cell = new StringBuilder(line.Length + 1);
        bool startsCell = true;
        foreach (char character in line)
        {
            if (startsCell && FormulaStarts.Contains(character))
            {
                cell.Append(Apostrophe);
            }

            startsCell = CellSeparators.Contains(character) || (startsCell && (character == '"' || char.IsWhiteSpace(character)));
            cell.Append(character);
        }

        return cell.ToString();
    }

    /// <summary>Returns a text that GitHub-flavoured Markdown shows as it is, in a line or in a cell of a table.</summary>
    public static string Markdown(string text)
    {
        string line = Line(text);
        if (!line.AsSpan().ContainsAny(MarkdownSyntax))
        {
            return line;
        }

        var escaped = new StringBuilder(line.Length + 1);
        for (int i = 0; i < line.Length; i++)
        {
            _ = line[i] switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '_' when IsWithinWord(line, i) => escaped.Append('_'),
                char character when MarkdownSyntax.Contains(character) => escaped.Append('\\').Append(character),
                char character => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    // Of the invisible characters (Format) only the joiners of scripts and emoji stay.
    internal static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
        _ => false,
    };

    // There it does not emphasize.
    private static bool IsWithinWord(string text, int index) =>
        index > 0 && index < text.Length - 1 && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(text[index + 1]);

    private static string Clean(string text, bool keepsLineFeeds)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);

        // Half of a surrogate pair is enumerated as the replacement character.
        foreach (Rune rune in text.EnumerateRunes())
        {
            if ((keepsLineFeeds && rune.Value == '\n') || !IsHarmful(rune))
            {
                clean.Append(rune.ToString());
            }
            else
            {
                clean.Append(Rune.IsWhiteSpace(rune) ? ' ' : (char)Rune.ReplacementChar.Value);
            }
        }

        return clean.ToString();
    }
}

/// <summary>
/// Escapes in a JSON string the characters that <see cref="HarmlessText.Line"/> replaces, and the less-than sign, so that no string ends an element
/// of an HTML page. Other text stays readable. A parser reads back what was written.
/// </summary>
internal sealed class HarmlessJsonEncoder : JavaScriptEncoder
{
    public static readonly HarmlessJsonEncoder Instance = new();

    private HarmlessJsonEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => Default.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => IsEscaped(unicodeScalar) || UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        int index = 0;
        while (index < textLength)
        {
            // Half of a surrogate pair is encoded as well: as the replacement character.
            if (Rune.DecodeFromUtf16(characters[index..], out Rune rune, out int length) != OperationStatus.Done || WillEncode(rune.Value))
            {
                return index;
            }

            index += length;
        }

        return -1;
    }

    // The default escapes all non-ASCII characters, and the less-than sign.
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        (IsEscaped(unicodeScalar) ? Default : UnsafeRelaxedJsonEscaping)
            .TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    private static bool IsEscaped(int unicodeScalar) => unicodeScalar == '<' || HarmlessText.IsHarmful(new Rune(unicodeScalar));
}
