using Containers.Telemetry.Events;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Names of dimensions, in order. Of too many, the first are kept: files from elsewhere may hold any number.</summary>
internal sealed class DimensionSet
{
    /// <summary>The most names: an organization declares fewer.</summary>
    public const int MostNames = 64;

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _names];

    /// <summary>Adds what is a name.</summary>
    public void Add(string name)
    {
        if (Dimensions.IsName(name) && _names.Add(name) && _names.Count > MostNames)
        {
            _names.Remove(_names.Max!);
        }
    }
}
