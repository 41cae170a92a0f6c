using Containers.Telemetry.Events;

namespace Containers.Telemetry.Settings;

/// <summary>The dimensions that an organization declared, with the values that its events get.</summary>
public sealed class DeclaredDimensions
{
    public static readonly DeclaredDimensions None = new();

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private DeclaredDimensions()
    {
    }

    /// <summary>Names and values; an empty value for a dimension that is declared without one.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Reads ContainersTelemetryDimension items: the names, and the metadata Value.</summary>
    /// <param name="items">Names and values in the order of the items; the last of several items of one name counts, as with MSBuild properties.</param>
    /// <param name="problems">Receives CTEL0013, once for all invalid items.</param>
    public static DeclaredDimensions Read(IReadOnlyList<KeyValuePair<string, string>> items, ICollection<SettingProblem> problems)
    {
        if (items.Count == 0)
        {
            return None;
        }

        var declared = new DeclaredDimensions();
        int refused = 0;
        foreach (KeyValuePair<string, string> item in items)
        {
            bool isAllowed = Dimensions.IsName(item.Key)
                && (item.Value.Length == 0 || Dimensions.IsValue(item.Value))
                && (declared._values.ContainsKey(item.Key) || declared._values.Count < Dimensions.MaxCount);
            if (isAllowed)
            {
                declared._values[item.Key] = item.Value;
            }
            else
            {
                refused++;
            }
        }

        if (refused > 0)
        {
            problems.Add(Diagnostics.Dimensions.Problem(refused, items.Count, Dimensions.MaxNameLength - 1, Dimensions.MaxValueLength, Dimensions.MaxCount));
        }

        return declared;
    }

    public void AddTo(ContainerEvent containerEvent)
    {
        foreach (KeyValuePair<string, string> dimension in _values)
        {
            containerEvent.SetDimension(dimension.Key, dimension.Value);
        }
    }
}
