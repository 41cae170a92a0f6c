using Containers.Telemetry.Events;
using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>
/// The dimensions of an event in one text, as in <c>team=payments,service=web</c>; and the rules of <see cref="Dimensions"/> in SQL, for unchecked
/// names and values.
/// </summary>
internal static class DimensionText
{
    // Neither a name nor a value contains it.
    private const char Assignment = '=';

    public static string Of(IEnumerable<KeyValuePair<string, string>> dimensions) =>
        ListText.Join(dimensions.Select(static dimension => dimension.Key + Assignment + dimension.Value));

    public static IEnumerable<(string Name, string Value)> Split(string text) =>
        ListText.Split(text)
            .Select(static element => element.Split(Assignment, 2))
            .Where(static pair => pair.Length == 2)
            .Select(static pair => (pair[0], pair[1]));

    /// <summary>The expression that makes the element of a text.</summary>
    public static string ElementOf(string name, string value) => $"concat({name}, '{Assignment}', {value})";

    /// <summary>The expression of the value of a dimension; an empty text for none.</summary>
    public static string ValueOf(string name) =>
        $"extract(concat('{ListText.Separator}', {FleetSchema.DimensionsText}), " +
        $"{SqlText.Text($"{ListText.Separator}{name}{Assignment}([^{ListText.Separator}]*)")})";

    /// <summary>The expression of the name in an element.</summary>
    public static string NameIn(string element) => $"splitByChar('{Assignment}', {element})[1]";

    /// <summary>The expression of the value in an element.</summary>
    public static string ValueIn(string element) => $"splitByChar('{Assignment}', {element})[2]";

    /// <summary>The condition on a text to be the name of a dimension.</summary>
    public static string IsName(string sql) => $"match({sql}, '^[a-z][a-z0-9_]{{0,{SqlText.Number(Dimensions.MaxNameLength - 1)}}}$')";

    /// <summary>The condition on a text to be the value of a dimension.</summary>
    public static string IsValue(string sql) => $"match({sql}, '^[A-Za-z0-9._-]{{1,{SqlText.Number(Dimensions.MaxValueLength)}}}$')";
}
