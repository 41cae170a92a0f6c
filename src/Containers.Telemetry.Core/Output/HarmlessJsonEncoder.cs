using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Containers.Telemetry.Output;

/// <summary>
/// Escapes in a JSON string what <see cref="HarmlessText.Line"/> replaces, and the less-than sign, without which no string ends an element of
/// an HTML page. Other text stays readable. A parser reads back what was written.
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

    // The default escapes whatever is not ASCII, and the less-than sign.
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        (IsEscaped(unicodeScalar) ? Default : UnsafeRelaxedJsonEscaping).TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    private static bool IsEscaped(int unicodeScalar) => unicodeScalar == '<' || HarmlessText.IsHarmful(new Rune(unicodeScalar));
}
