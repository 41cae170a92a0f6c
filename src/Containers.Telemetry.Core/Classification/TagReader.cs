namespace Containers.Telemetry.Classification;

/// <summary>Decides whether one part of a tag, the text between two dashes, is of an expected form.</summary>
internal delegate bool TagPartPredicate(ReadOnlySpan<char> part);

/// <summary>
/// Reads a tag from left to right in parts that dashes separate. Each read takes whole parts or nothing, so what has been read
/// consists of expected words and numbers only.
/// </summary>
internal ref struct TagReader(ReadOnlySpan<char> tag)
{
    private ReadOnlySpan<char> _rest = tag;

    /// <summary>Whether the whole tag has been read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads a word; it may contain dashes itself.</summary>
    public bool TryRead(string word) => _rest.StartsWith(word, StringComparison.Ordinal) && TryAdvance(word.Length);

    /// <summary>Reads the first of the words that stands here.</summary>
    public bool TryReadAny(string[] words)
    {
        foreach (string word in words)
        {
            if (TryRead(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a dotted number that follows a prefix without a dash, such as <c>alpine3.20</c>.</summary>
    public bool TryReadNumber(string prefix, int minParts, int maxParts)
    {
        if (!_rest.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        int length = DottedNumber.Measure(_rest[prefix.Length..], out int parts);
        return length > 0 && parts >= minParts && parts <= maxParts && TryAdvance(prefix.Length + length);
    }

    /// <summary>Reads one part if it is of the given form.</summary>
    public bool TryReadPart(TagPartPredicate accepts)
    {
        int dash = _rest.IndexOf('-');
        int length = dash < 0 ? _rest.Length : dash;
        return accepts(_rest[..length]) && TryAdvance(length);
    }

    private bool TryAdvance(int length)
    {
        if (length == _rest.Length)
        {
            _rest = default;
            return true;
        }

        // A dash must separate two parts: neither "jammyx" nor "jammy-" is the word "jammy".
        if (_rest[length] != '-' || length + 1 == _rest.Length)
        {
            return false;
        }

        _rest = _rest[(length + 1)..];
        return true;
    }
}
