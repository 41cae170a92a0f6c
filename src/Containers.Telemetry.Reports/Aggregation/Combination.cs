namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>One value of a field, or two of two fields, as numbers.</summary>
/// <param name="First">The value of the earlier field; 0 for none.</param>
/// <param name="Second">The value of the later field; 0 for none.</param>
internal readonly record struct Combination(long First, long Second)
{
    private const int NumberBits = 32;

    /// <summary>No value: matches all publishes.</summary>
    public static readonly Combination Everything;

    /// <summary>Makes one number of a field's position and the number of its value.</summary>
    public static long ItemOf(int field, long number) => ((field + 1L) << NumberBits) | number;

    /// <summary>Returns the position of the field of a value.</summary>
    public static int FieldOf(long item) => (int)(item >> NumberBits) - 1;

    /// <summary>Returns the number of a value in its column.</summary>
    public static int NumberOf(long item) => (int)item;

    /// <summary>Returns each value and each pair of values.</summary>
    /// <param name="items">The values, in the order of their fields.</param>
    public static IEnumerable<Combination> AllOf(long[] items)
    {
        for (int first = 0; first < items.Length; first++)
        {
            yield return new Combination(items[first], 0);
            for (int second = first + 1; second < items.Length; second++)
            {
                yield return new Combination(items[first], items[second]);
            }
        }
    }

    // The hash of a long joins its halves by an exclusive or: the first value of the second field would be like the second value of the first.
    public override int GetHashCode() => HashCode.Combine(FieldOf(First), NumberOf(First), FieldOf(Second), NumberOf(Second));

    public IEnumerable<long> Items() => Second == 0 ? [First] : [First, Second];

    /// <summary>Returns the rest without the values of the first fields.</summary>
    public Combination Without(int fields)
    {
        long first = FieldOf(First) >= fields ? First : 0;
        long second = Second != 0 && FieldOf(Second) >= fields ? Second : 0;
        return first == 0 ? new Combination(second, 0) : new Combination(first, second);
    }
}
