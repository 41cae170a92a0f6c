using Containers.Telemetry.Output;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// Numbers the different texts of one field: 1, 2, 3 in the order in which they are first seen; 0 means no text. Texts beyond a fixed number share
/// one number, so that no input can fill the memory. Safe for many threads.
/// </summary>
/// <param name="capacity">The most texts with their own number.</param>
internal sealed class TextDictionary(int capacity)
{
    /// <summary>The text of those without their own number.</summary>
    public const string Other = "(other)";

    // Twice the longest value of a dimension, in characters.
    private const int MaxLength = 128;
    private const char Ellipsis = '\u2026';

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [""];

    /// <summary>The number of all texts beyond the capacity.</summary>
    public int OtherNumber { get; } = capacity + 1;

    /// <summary>Returns the number of a text, a new number for a new text. Texts that look the same when shown share one.</summary>
    public int NumberOf(string text)
    {
        lock (_numbers)
        {
            if (_numbers.TryGetValue(text, out int number) || _numbers.TryGetValue(text = Shown(text), out number))
            {
                return number;
            }

            if (_texts.Count > capacity)
            {
                return OtherNumber;
            }

            _numbers.Add(text, _texts.Count);
            _texts.Add(text);
            return _texts.Count - 1;
        }
    }

    /// <summary>Finds the number of a text, ignoring case; null for an unknown text.</summary>
    public int? Find(string text)
    {
        text = Shown(text);
        lock (_numbers)
        {
            if (_numbers.TryGetValue(text, out int number))
            {
                return number;
            }

            int index = _texts.FindIndex(1, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
            return index < 0 ? null : index;
        }
    }

    public string TextOf(int number)
    {
        lock (_numbers)
        {
            return number == OtherNumber ? Other : _texts[number];
        }
    }

    /// <summary>All texts with their own number.</summary>
    public IReadOnlyList<string> Texts()
    {
        lock (_numbers)
        {
            return _texts.GetRange(1, _texts.Count - 1);
        }
    }

    // Files may come from anyone: their texts must neither control the terminal nor fill the memory.
    private static string Shown(string text)
    {
        bool isLong = text.Length > MaxLength;
        int length = isLong ? MaxLength - (char.IsHighSurrogate(text[MaxLength - 2]) ? 2 : 1) : text.Length;
        return HarmlessText.Line(text[..length]) + (isLong ? Ellipsis : "");
    }
}
