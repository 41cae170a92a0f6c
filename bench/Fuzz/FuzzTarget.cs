using System.Text;

namespace Containers.Telemetry.Fuzz;

/// <summary>A reader or a classifier that takes any bytes.</summary>
/// <param name="name">Its name, which is also the name of its folder in the corpus.</param>
/// <param name="cases">The number of cases in a test run.</param>
/// <param name="read">Reads an input and checks the properties that must hold for every input. Throws if one does not hold.</param>
/// <param name="seeds">Valid inputs from which cases are made.</param>
internal sealed class FuzzTarget(string name, int cases, Action<byte[]> read, params byte[][] seeds)
{
    /// <summary>A target that reads text.</summary>
    public FuzzTarget(string name, int cases, Action<string> read, params string[] seeds)
        : this(name, cases, (byte[] input) => read(InputText.Of(input)), [.. seeds.Select(Encoding.UTF8.GetBytes)])
    {
    }

    public string Name { get; } = name;

    public int Cases { get; } = cases;

    public byte[][] Seeds { get; } = seeds;

    /// <summary>Reads an input.</summary>
    /// <returns>The exception that the target threw; null for none.</returns>
    public Exception? Try(byte[] input)
    {
        try
        {
            read(input);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}

/// <summary>Checks the properties that must hold for every input.</summary>
internal static class Require
{
    /// <exception cref="InvalidOperationException">The property does not hold.</exception>
    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}

/// <summary>Converts inputs to texts.</summary>
internal static class InputText
{
    /// <summary>The separator of an input with several texts.</summary>
    public const char Separator = '\0';

    /// <summary>
    /// Decodes UTF-8. An invalid byte becomes half of a surrogate pair (Python's <c>surrogateescape</c>), so that texts that are not
    /// valid Unicode occur, too.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> input)
    {
        var text = new StringBuilder(input.Length);
        while (!input.IsEmpty)
        {
            bool isValid = Rune.DecodeFromUtf8(input, out Rune rune, out int length) is System.Buffers.OperationStatus.Done;
            _ = isValid ? text.Append(rune.ToString()) : text.Append((char)(0xDC00 + input[0]));
            input = input[(isValid ? length : 1)..];
        }

        return text.ToString();
    }

    /// <summary>Splits a text into a number of texts. Missing ones are empty.</summary>
    public static string[] Cut(string text, int count)
    {
        string[] parts = text.Split(Separator, count);
        return [.. parts, .. Enumerable.Repeat("", count - parts.Length)];
    }

    /// <summary>Reads <c>name=value</c> texts, the form of a process's environment. If a name occurs twice, the last one counts.</summary>
    public static Dictionary<string, string> Variables(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in text.Split(Separator))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            variables[equals < 0 ? part : part[..equals]] = part[(equals + 1)..];
        }

        return variables;
    }
}
