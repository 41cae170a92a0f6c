using System.Numerics;
using Containers.Telemetry.Characters;
using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Events;

/// <summary>Lets a value into a field only if the field's kind allows it. Every value that is written passes it.</summary>
public static class FieldGuard
{
    /// <summary>The highest count without a unit, which also means all counts above it.</summary>
    public const long MaxCount = 999;

    // 64 sizes from one power of two to the next, and none closer than 1 MiB: fewer than a thousand up to a tebibyte, the maximum.
    private const int SizeBits = 6;
    private const int MinStepBits = 20;
    private const long MaxSize = 1L << 40;

    private static readonly string[] CodePrefixes = ["MSB", "NETSDK"];

    /// <summary>Returns the value to write, or null when the kind of the field does not allow it.</summary>
    public static string? Text(EventField field, string value) => field.Kind switch
    {
        FieldKind.Choice => Allowed(field, value),
        FieldKind.Version => IsVersion(value) ? value : null,
        FieldKind.TargetFramework => TargetFrameworks.MajorMinor(value),
        FieldKind.RuntimeIdentifier => RuntimeIdentifiers.Canonical(value),
        FieldKind.BaseImage => BaseImage(value),
        FieldKind.ContainerFamily => MicrosoftBaseImages.CanonicalFamily(value),
        FieldKind.DiagnosticCode => IsDiagnosticCode(value) ? value : null,
        FieldKind.Identifier => Guid.TryParseExact(value, "D", out Guid id) ? id.ToString("D") : null,
        FieldKind.KeyedHash => IsKeyedHash(value) ? value : null,
        FieldKind.Timestamp => IsTimestamp(value) ? value : null,
        _ => null,
    };

    /// <summary>Returns the count to write; null for a negative one.</summary>
    /// <remarks>
    /// A rare number can join events: an image keeps its exact size after its user gets another id. So sizes are rounded, and counts without a unit
    /// have a maximum. A code above it is left out, since another code would be false. A duration differs each time and stays exact.
    /// </remarks>
    public static long? Count(EventField field, long value) => value < 0 ? null : field.Unit switch
    {
        null when field == DetailFields.ExitCode || field == DetailFields.HttpStatus => value <= MaxCount ? value : null,
        null => Math.Min(value, MaxCount),
        EventField.Bytes => RoundedSize(value),
        _ => value,
    };

    /// <summary>Whether a field of this kind holds one text. The text of a base image's tag depends on the image: <see cref="BaseImageTag"/>.</summary>
    public static bool TakesText(FieldKind kind) => !TakesTexts(kind) && kind is not (FieldKind.Flag or FieldKind.Count or FieldKind.BaseImageTag);

    /// <summary>Whether a field of this kind holds several texts.</summary>
    public static bool TakesTexts(FieldKind kind) => kind is FieldKind.Choices or FieldKind.RuntimeIdentifiers;

    /// <summary>Returns a tag if it has the form that Microsoft publishes for that base image; null otherwise.</summary>
    /// <param name="baseImage">The accepted base image.</param>
    public static string? BaseImageTag(string baseImage, string tag) => MicrosoftBaseImages.CanonicalTag(baseImage, tag);

    /// <summary>Returns the values that the kind of the field allows. A runtime identifier that it does not allow becomes <c>other</c>.</summary>
    public static string[] Texts(EventField field, IReadOnlyList<string> values)
    {
        var accepted = new List<string>(values.Count);
        foreach (string value in values)
        {
            string? text = field.Kind switch
            {
                FieldKind.Choices => Allowed(field, value),
                FieldKind.RuntimeIdentifiers => RuntimeIdentifiers.Canonical(value),
                _ => null,
            };
            if (text is not null)
            {
                accepted.Add(text);
            }
        }

        return accepted.ToArray();
    }

    private static string? Allowed(EventField field, string value) =>
        Array.IndexOf(field.AllowedValues, value) is >= 0 and var index ? field.AllowedValues[index] : null;

    private static string? BaseImage(string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : MicrosoftBaseImages.CanonicalName(value.AsSpan(0, slash), value.AsSpan(slash + 1));
    }

    private static long RoundedSize(long size)
    {
        long bounded = Math.Min(size, MaxSize);
        int stepBits = Math.Max(BitOperations.Log2((ulong)bounded) - SizeBits, MinStepBits);
        long steps = ((bounded >> (stepBits - 1)) + 1) >> 1;
        return Math.Max(steps, Math.Min(bounded, 1)) << stepBits;
    }

    private static bool IsDiagnosticCode(string value) =>
        ErrorCodes.KindOf(value) is not null
        || Array.Exists(
            CodePrefixes,
            prefix => value.Length == prefix.Length + 4
                && value.StartsWith(prefix, StringComparison.Ordinal)
                && IsNumber(value.AsSpan(prefix.Length)));

    private static bool IsKeyedHash(string value) => value.Length == 32 && value.AsSpan().ContainsOnly(char.IsAsciiHexDigitLower);

    // The parser also takes offsets that are written in other ways, such as +0:00.
    private static bool IsTimestamp(string value) =>
        DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        && (value == time.ToString("O", CultureInfo.InvariantCulture) || value == time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private static bool IsVersion(string value)
    {
        ReadOnlySpan<char> text = value;
        int dash = text.IndexOf('-');
        return IsDotted(dash < 0 ? text : text[..dash], allowWords: false) && (dash < 0 || IsDotted(text[(dash + 1)..], allowWords: true));
    }

    private static bool IsDotted(ReadOnlySpan<char> text, bool allowWords)
    {
        int parts = 0;
        while (true)
        {
            int dot = text.IndexOf('.');
            ReadOnlySpan<char> part = dot < 0 ? text : text[..dot];
            if (++parts > 4 || !(IsNumber(part) || (allowWords && IsPreReleaseWord(part))))
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            text = text[(dot + 1)..];
        }
    }

    private static bool IsPreReleaseWord(ReadOnlySpan<char> part) =>
        part is "alpha" or "beta" or "preview" or "rc" or "rtm" or "servicing" or "dev" or "ci" or "test";

    private static bool IsNumber(ReadOnlySpan<char> part) => part.Length <= 8 && DottedNumber.IsDigits(part);
}
