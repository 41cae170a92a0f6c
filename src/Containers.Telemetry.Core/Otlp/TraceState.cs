namespace Containers.Telemetry.Otlp;

/// <summary>The grammar of W3C Trace Context's <c>tracestate</c>.</summary>
internal static class TraceState
{
    // What every system must hand along; more may be dropped, and nothing obliges a build to carry more.
    private const int MaxLength = 512;
    private const int MaxMembers = 32;
    private const int MaxKeyLength = 256;
    private const int MaxTenantLength = 241;
    private const int MaxSystemLength = 14;
    private const int MaxValueLength = 256;

    /// <summary>Whether it is a list with at least one member, each a legal key and value, no key twice.</summary>
    public static bool IsValid(string tracestate)
    {
        if (tracestate.Length > MaxLength)
        {
            return false;
        }

        Span<Range> keys = stackalloc Range[MaxMembers];
        int members = 0;
        for (int start = 0; start <= tracestate.Length;)
        {
            int comma = tracestate.IndexOf(',', start);
            int end = comma < 0 ? tracestate.Length : comma;
            (int from, int to) = Trim(tracestate, start, end);
            start = end + 1;
            if (from == to)
            {
                continue;
            }

            int equals = tracestate.IndexOf('=', from, to - from);
            if (equals < 0 || members == MaxMembers || !IsKey(tracestate.AsSpan(from, equals - from)) || !IsValue(tracestate.AsSpan(equals + 1, to - equals - 1)))
            {
                return false;
            }

            keys[members] = from..equals;
            for (int i = 0; i < members; i++)
            {
                if (tracestate.AsSpan()[keys[i]].SequenceEqual(tracestate.AsSpan()[from..equals]))
                {
                    return false;
                }
            }

            members++;
        }

        return members > 0;
    }

    private static (int From, int To) Trim(string text, int from, int to)
    {
        while (from < to && text[from] is ' ' or '\t')
        {
            from++;
        }

        while (to > from && text[to - 1] is ' ' or '\t')
        {
            to--;
        }

        return (from, to);
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        int at = key.IndexOf('@');
        return at < 0
            ? IsName(key, MaxKeyLength)
            : IsName(key[..at], MaxTenantLength) && IsName(key[(at + 1)..], MaxSystemLength) && char.IsAsciiLetterLower(key[at + 1]);
    }

    private static bool IsName(ReadOnlySpan<char> name, int maxLength)
    {
        if (name.Length == 0 || name.Length > maxLength || !(char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0])))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '*' or '/'))
            {
                return false;
            }
        }

        return true;
    }

    // The spaces at its end are gone already, and a comma cannot stand in a member.
    private static bool IsValue(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxValueLength && !value.ContainsAnyExceptInRange(' ', '~') && !value.Contains('=');
}
