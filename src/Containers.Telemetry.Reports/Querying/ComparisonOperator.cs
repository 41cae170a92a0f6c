namespace Containers.Telemetry.Reports.Querying;

/// <summary>How two values are compared.</summary>
public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal static class ComparisonOperators
{
    // In the order of the enumeration.
    private static readonly string[] Signs = ["=", "!=", "<", "<=", ">", ">="];

    public static string ToSign(this ComparisonOperator comparison) => Signs[(int)comparison];

    /// <summary>Returns the comparison whose sign a text begins with; null for none.</summary>
    public static ComparisonOperator? At(ReadOnlySpan<char> text)
    {
        // From the end, since the longer sign comes after the shorter one that it begins with.
        for (int i = Signs.Length - 1; i >= 0; i--)
        {
            if (text.StartsWith(Signs[i]))
            {
                return (ComparisonOperator)i;
            }
        }

        return null;
    }

    /// <param name="order">Negative where the value is less than the one that it is compared with, 0 where they are equal.</param>
    public static bool Accepts(this ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
