namespace Containers.Telemetry.Fleet.Connection;

/// <summary>
/// Writes names and values into SQL. A name must be letters, digits and underscores; a text is written in hexadecimal digits, and a number in decimal
/// ones. So no user input can end a literal, and the text means the same in every version of ClickHouse.
/// </summary>
internal static class SqlText
{
    /// <summary>The literal for no identifier.</summary>
    public const string NoIdentifier = "toUUID('00000000-0000-0000-0000-000000000000')";

    /// <summary>The query for the time of the server: Unix seconds.</summary>
    public const string UnixNow = "SELECT toInt64(toUnixTimestamp(now()))";

    private const int LongestName = 64;

    /// <summary>Whether a text can be the name of a database, a table, a column or a cluster.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <exception cref="ArgumentException">It is not a name.</exception>
    public static string Name(string name) =>
        IsName(name) ? "`" + name + "`" : throw new ArgumentException("A name is letters, digits and underscores.", nameof(name));

    public static string Text(string text) => text.Length == 0 ? "''" : "unhex('" + Convert.ToHexString(Encoding.UTF8.GetBytes(text)) + "')";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a list of texts for <c>IN</c>.</summary>
    public static string Texts(IEnumerable<string> texts) => "(" + string.Join(", ", texts.Select(Text)) + ")";

    /// <summary>The expression that replaces texts with others of the same place, and returns another expression for any other text.</summary>
    public static string Transform(string sql, IEnumerable<string> from, IEnumerable<string> to, string otherwise) =>
        $"transform({sql}, [{string.Join(", ", from.Select(Text))}], [{string.Join(", ", to.Select(Text))}], {otherwise})";

    /// <summary>The expression of the number of a text in a list, from 1; 0 for any other text.</summary>
    public static string NumberIn(IReadOnlyList<string> texts, string sql) =>
        $"transform({sql}, [{string.Join(", ", texts.Select(Text))}], {Numbers(texts.Count)}, 0)";

    /// <summary>Writes an array of the numbers from 1.</summary>
    public static string Numbers(int count) => $"[{string.Join(", ", Enumerable.Range(1, count))}]";

    public static string Identifier(Guid identifier) => "toUUID('" + identifier.ToString("D") + "')";
}
