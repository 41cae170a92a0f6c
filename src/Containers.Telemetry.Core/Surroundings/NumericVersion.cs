using System.Globalization;

namespace Containers.Telemetry.Surroundings;

/// <summary>
/// A version of one or two numbers of at most four digits each, such as <c>12</c>, <c>10.0</c> or <c>24.04</c>.
/// Nothing beyond them is kept.
/// </summary>
public readonly record struct NumericVersion
{
    private const int MaxDigits = 4;

    private readonly int _minorDigits;

    private NumericVersion(int major, int? minor, int minorDigits)
    {
        Major = major;
        Minor = minor;
        _minorDigits = minorDigits;
    }

    public int Major { get; }

    /// <summary>The second number, or null when the version has but one.</summary>
    public int? Minor { get; }

    /// <summary>The first two numbers of a version, or null when there is none or one is out of bounds.</summary>
    public static NumericVersion? From(Version? version) =>
        version is null ? null : Parse(version.ToString(fieldCount: 2));

    /// <summary>The first two numbers of a dotted version, or null when the text does not begin with such numbers.</summary>
    public static NumericVersion? Parse(ReadOnlySpan<char> text)
    {
        bool hasMinor = text.Contains('.');
        if (ParseNumber(text.TakeUntil('.')) is not { } major)
        {
            return null;
        }

        if (!hasMinor)
        {
            return new NumericVersion(major, minor: null, minorDigits: 0);
        }

        ReadOnlySpan<char> second = text.TakeUntil('.');

        return ParseNumber(second) is { } minor ? new NumericVersion(major, minor, second.Length) : null;
    }

    /// <summary>The version as its maker writes it: <c>24.04</c> keeps its zero.</summary>
    public override string ToString()
    {
        string major = Major.ToString(CultureInfo.InvariantCulture);

        return Minor is { } minor
            ? $"{major}.{minor.ToString(CultureInfo.InvariantCulture).PadLeft(_minorDigits, '0')}"
            : major;
    }

    private static int? ParseNumber(ReadOnlySpan<char> text) =>
        text.Length <= MaxDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
