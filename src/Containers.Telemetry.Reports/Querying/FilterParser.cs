using System.Buffers;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>
/// Reads filters:
/// <code>
/// filter     = all { "or" all }
/// all        = part { "and" part }
/// part       = "(" filter ")" | comparison
/// comparison = FIELD ( "=" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" ) [ value { "," value } ]
/// value      = WORD | "'" text "'" | "(none)"
/// </code>
/// Names and words are read in any case. No value means publishes without the field, like <c>(none)</c>.
/// </summary>
internal sealed class FilterParser(string text, QueryContext context)
{
    public const string Option = "--where";

    private const char QuoteMark = '\'';
    private const int MostDepth = 64;
    private static readonly SearchValues<char> EndsWord = SearchValues.Create(" \t\r\n,()'");
    private static readonly SearchValues<char> EndsName = SearchValues.Create(" \t\r\n,()'=!<>");

    private int _position;
    private int _depth;
    private int _comparisons;
    private ReportField? _named;

    /// <param name="text">What was typed.</param>
    /// <param name="filter">The filter; null when there is a problem.</param>
    /// <param name="named">The field of which the filter does nothing but name values; null for another filter.</param>
    /// <param name="problem">Why it cannot be understood; null when it can.</param>
    public static bool TryParse(string text, QueryContext context, out Filter? filter, out ReportField? named, out QueryProblem? problem)
    {
        var parser = new FilterParser(text, context);
        try
        {
            filter = parser.ReadAny();
            if (parser.Peek() != '\0')
            {
                throw parser.NotUnderstood();
            }

            (named, problem) = (parser._named, null);
            return true;
        }
        catch (QueryException e)
        {
            (filter, named, problem) = (null, null, e.Problem);
            return false;
        }
    }

    /// <summary>Returns a value as a user types it: in quotes if it is not one word.</summary>
    public static string Quote(string value) =>
        value.AsSpan().ContainsAny(EndsWord) ? QuoteMark + value.Replace("'", "''", StringComparison.Ordinal) + QuoteMark : value;

    private Filter ReadAny()
    {
        if (++_depth > MostDepth)
        {
            throw new QueryException(Option, "There are too many parentheses in the filter.");
        }

        var parts = new List<Filter> { ReadAll() };
        while (TakeWord("or"))
        {
            parts.Add(ReadAll());
        }

        _depth--;
        return Filter.Any(parts);
    }

    private Filter ReadAll()
    {
        var parts = new List<Filter> { ReadPart() };
        while (TakeWord("and"))
        {
            parts.Add(ReadPart());
        }

        return Filter.All(parts);
    }

    private Filter ReadPart()
    {
        if (Peek() != '(')
        {
            return ReadComparison();
        }

        _position++;
        Filter inner = ReadAny();
        if (Peek() != ')')
        {
            throw NotUnderstood();
        }

        _position++;
        return inner;
    }

    private Filter ReadComparison()
    {
        Peek();
        string name = Take(EndsName);
        ComparisonOperator? comparison = name.Length == 0 ? null : ReadOperator();
        if (comparison is not { } sign)
        {
            throw NotUnderstood();
        }

        ReportField field = context.FieldOf(Option, name);
        _named = _comparisons++ == 0 && sign is ComparisonOperator.Equal ? field : null;
        var values = new List<string> { ReadValue() };
        while (Peek() == ',')
        {
            _position++;
            values.Add(ReadValue());
        }

        return FilterValues.Compare(field, sign, values, context);
    }

    private ComparisonOperator? ReadOperator()
    {
        Peek();
        ComparisonOperator? comparison = ComparisonOperators.At(text.AsSpan(_position));
        _position += comparison?.ToSign().Length ?? 0;
        return comparison;
    }

    private string ReadValue()
    {
        if (Peek() == QuoteMark)
        {
            return ReadQuoted();
        }

        if (text.AsSpan(_position).StartsWith(CellText.None, StringComparison.OrdinalIgnoreCase))
        {
            _position += CellText.None.Length;
            return "";
        }

        return Take(EndsWord);
    }

    private string ReadQuoted()
    {
        int end = _position;
        do
        {
            end = text.IndexOf(QuoteMark, end + 1);
            if (end < 0)
            {
                throw new QueryException(Option, $"The quotation mark in '{text}' has no end.");
            }
        }
        while (end + 1 < text.Length && text[end + 1] == QuoteMark && ++end > 0);

        string value = text[(_position + 1)..end].Replace("''", "'", StringComparison.Ordinal);
        _position = end + 1;
        return value;
    }

    private bool TakeWord(string word)
    {
        Peek();
        if (!text.AsSpan(_position).StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || (_position + word.Length < text.Length && text[_position + word.Length] is not (' ' or '\t' or '\r' or '\n' or '(')))
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    private string Take(SearchValues<char> ends)
    {
        int length = text.AsSpan(_position).IndexOfAny(ends);
        string taken = length < 0 ? text[_position..] : text.Substring(_position, length);
        _position += taken.Length;
        return taken;
    }

    /// <summary>Skips spaces and returns the next character; <c>\0</c> at the end.</summary>
    private char Peek()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }

        return _position < text.Length ? text[_position] : '\0';
    }

    private QueryException NotUnderstood() => new(
        Option, $"'{text}' is not a filter: write FIELD=VALUE[,VALUE], also with !=, <, <=, > or >=, and join several by and, or, and parentheses.");
}
