using System.Globalization;
using System.Text;

namespace Containers.Telemetry;

/// <summary>
/// A line with the number of its writer, its own number, and a filler that shows whether the line is complete:
/// <c>{"writer":3,"number":17,"fill":"xxx"}</c>.
/// </summary>
public static class NumberedLine
{
    private const byte Fill = (byte)'x';

    private static ReadOnlySpan<byte> End => "\"}\n"u8;

    /// <summary>Writes a line of the given length in bytes, including its line feed.</summary>
    public static byte[] Create(int writer, int number, int length)
    {
        byte[] start = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{\"writer\":{writer},\"number\":{number},\"fill\":\""));
        byte[] line = GC.AllocateUninitializedArray<byte>(Math.Max(length, start.Length + End.Length));
        start.CopyTo(line, 0);
        line.AsSpan(start.Length..^End.Length).Fill(Fill);
        End.CopyTo(line.AsSpan(^End.Length..));

        return line;
    }

    /// <summary>Reads a line, without its line feed.</summary>
    /// <exception cref="FormatException">The line differs from the written one.</exception>
    public static (int Writer, int Number) Parse(ReadOnlySpan<byte> line)
    {
        int fill = line.IndexOf(Fill);
        string[] parts = Encoding.ASCII.GetString(fill < 0 ? line : line[..fill]).Split(':', ',');
        if (parts.Length == 6
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int writer)
            && int.TryParse(parts[3], CultureInfo.InvariantCulture, out int number)
            && line.SequenceEqual(Create(writer, number, line.Length + 1).AsSpan(..^1)))
        {
            return (writer, number);
        }

        throw new FormatException("The line differs from the written one: " + Encoding.ASCII.GetString(line[..Math.Min(line.Length, 200)]));
    }
}
