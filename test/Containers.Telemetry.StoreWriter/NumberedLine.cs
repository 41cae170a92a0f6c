using System.Globalization;
using System.Text;

namespace Containers.Telemetry;

/// <summary>A line that tells who wrote it, as what, and whether it is whole: <c>{"writer":3,"number":17,"fill":"xxx"}</c>.</summary>
public static class NumberedLine
{
    /// <summary>Writes a line of the given length, in bytes with its line feed.</summary>
    public static byte[] Create(int writer, int number, int length)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"{{\"writer\":{writer},\"number\":{number},\"fill\":\"");
        const string End = "\"}\n";

        return Encoding.ASCII.GetBytes(start + new string('x', Math.Max(0, length - start.Length - End.Length)) + End);
    }

    /// <summary>Reads a line of any length back.</summary>
    /// <exception cref="FormatException">The line is not as it was written.</exception>
    public static (int Writer, int Number) Parse(ReadOnlySpan<byte> line)
    {
        string text = Encoding.ASCII.GetString(line);
        string[] parts = text.Split(':', ',');
        if (parts.Length == 6
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int writer)
            && int.TryParse(parts[3], CultureInfo.InvariantCulture, out int number)
            && text == Encoding.ASCII.GetString(Create(writer, number, line.Length + 1)).TrimEnd('\n'))
        {
            return (writer, number);
        }

        throw new FormatException("A line is not as it was written: " + text[..Math.Min(text.Length, 200)]);
    }
}
