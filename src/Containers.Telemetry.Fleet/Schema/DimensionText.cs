using Containers.Telemetry.Events;
using Containers.Telemetry.Fleet.Connection;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>The rules of <see cref="Dimensions"/> in SQL, for names and values that no reader of ours has looked at.</summary>
internal static class DimensionText
{
    /// <summary>The condition on a text to be the name of a dimension.</summary>
    public static string IsName(string sql) => $"match({sql}, '^[a-z][a-z0-9_]{{0,{SqlText.Number(Dimensions.MaxNameLength - 1)}}}$')";

    /// <summary>The condition on a text to be the value of a dimension.</summary>
    public static string IsValue(string sql) => $"match({sql}, '^[A-Za-z0-9._-]{{1,{SqlText.Number(Dimensions.MaxValueLength)}}}$')";
}
