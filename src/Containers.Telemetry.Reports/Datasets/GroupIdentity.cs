using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The values of one row of a dataset, as numbers. A value type: there may be one for each publish.</summary>
internal struct GroupIdentity : IEquatable<GroupIdentity>
{
    private const int MaxColumns = 12;

    private Values _values;

    public int this[int column]
    {
        readonly get => _values[column];
        set => _values[column] = value;
    }

    public readonly bool Equals(GroupIdentity other) => Bytes(in this).SequenceEqual(Bytes(in other));

    public override readonly bool Equals(object? obj) => obj is GroupIdentity other && Equals(other);

    public override readonly int GetHashCode() => (int)Utf8Hash.Of(Bytes(in this));

    private static ReadOnlySpan<byte> Bytes(in GroupIdentity identity) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in identity, 1));

    [InlineArray(MaxColumns)]
    private struct Values
    {
        private int _first;
    }
}
