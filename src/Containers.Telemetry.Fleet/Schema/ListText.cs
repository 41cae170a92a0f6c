using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>
/// Several texts in one. There are few different lists, so that ClickHouse keeps them in the dictionary of a column; it sorts and merges columns of
/// arrays row by row, which takes several times as long as all other columns together.
/// </summary>
internal static class ListText
{
    /// <summary>The separator of texts. No text of a list contains it.</summary>
    public const char Separator = ',';

    public static string Join(IEnumerable<string> texts) => string.Join(Separator, texts);

    public static string[] Split(string text) => text.Length == 0 ? [] : text.Split(Separator);

    /// <summary>The expression that splits a text into an array.</summary>
    public static string ArrayOf(string sql) => $"if({sql} = '', emptyArrayString(), splitByChar('{Separator}', toString({sql})))";

    /// <summary>The expression that makes a row of each element; of an empty text one with an empty element.</summary>
    public static string ElementsOf(string sql) => $"arrayJoin(splitByChar('{Separator}', toString({sql})))";

    /// <summary>The expression that joins an array into a text.</summary>
    public static string TextOf(string sql) => $"arrayStringConcat({sql}, '{Separator}')";

    /// <summary>The condition on a list to contain a text.</summary>
    public static string Has(string sql, string text) =>
        $"position(concat('{Separator}', {sql}, '{Separator}'), {SqlText.Text($"{Separator}{text}{Separator}")}) > 0";

    /// <summary>The condition on a list to contain one of several texts, ignoring case.</summary>
    public static string HasAny(string sql, IEnumerable<string> texts) =>
        string.Join(
            " OR ",
            texts.Where(static text => !text.Contains(Separator))
                .Select(text => Has($"lower({sql})", text.ToLowerInvariant()))
                .DefaultIfEmpty("0"));
}
