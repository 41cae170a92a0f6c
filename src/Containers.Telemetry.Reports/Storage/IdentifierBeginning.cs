using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>The first digits of an identifier, as lists print them, or all of them.</summary>
internal readonly struct IdentifierBeginning
{
    /// <summary>How many identifiers of a beginning have to be found: one more than an error names.</summary>
    public const int Enough = MostNamed + 1;

    private const int FewestDigits = 4;
    private const int AllDigits = 32;
    private const int MostNamed = 3;

    private readonly string _digits;
    private readonly Identifier _first;
    private readonly Identifier _last;

    private IdentifierBeginning(string digits, Identifier first, Identifier last) => (_digits, _first, _last) = (digits, first, last);

    /// <summary>Reads four or more digits, with the dashes of a UUID or without.</summary>
    public static bool TryParse(string text, out IdentifierBeginning beginning)
    {
        string digits = text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        beginning = default;
        if (digits.Length is < FewestDigits or > AllDigits
            || !Identifier.TryParse(digits.PadRight(AllDigits, '0'), out Identifier first)
            || !Identifier.TryParse(digits.PadRight(AllDigits, 'f'), out Identifier last))
        {
            return false;
        }

        beginning = new IdentifierBeginning(digits, first, last);
        return true;
    }

    /// <summary>The digits with the dashes of a UUID, as far as they go.</summary>
    public string Dashed => string.Concat(_digits.Select(static (digit, i) => i is 8 or 12 or 16 or 20 ? "-" + digit : digit.ToString()));

    public bool Begins(Identifier identifier) => identifier.CompareTo(_first) >= 0 && identifier.CompareTo(_last) <= 0;

    /// <summary>Returns the identifier that is meant: all digits name one, whether it occurs or not. Null if none of that beginning occurs.</summary>
    /// <param name="find">Finds the identifiers of a beginning, <see cref="Enough"/> at most.</param>
    /// <exception cref="QueryException">There are several.</exception>
    public Identifier? Resolve(ReportField field, Func<IdentifierBeginning, IReadOnlyList<Identifier>> find)
    {
        if (_digits.Length == AllDigits)
        {
            return _first;
        }

        IReadOnlyList<Identifier> found = find(this);
        if (found.Count < 2)
        {
            return found.Count == 0 ? null : found[0];
        }

        string[] names = [.. found.Order().Take(MostNamed).Select(identifier => identifier.Format(dashed: field.HasDashes))];
        string others = found.Count > MostNamed ? ", and others" : "";
        throw new QueryException(FilterParser.Option, $"{field} '{_digits}' is the beginning of {string.Join(", ", names)}{others}. Write more digits.");
    }
}
