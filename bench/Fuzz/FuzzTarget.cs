using System.Text;

namespace Containers.Telemetry.Fuzz;

/// <summary>A reader or a classifier that takes any bytes.</summary>
/// <param name="name">Its name, which is also that of its folder in the corpus.</param>
/// <param name="cases">How many cases a test run tries.</param>
/// <param name="read">Reads an input and checks what must hold for every one. Throws where it does not.</param>
/// <param name="seeds">Inputs of the right form, which cases are made of.</param>
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
    /// <returns>What the target threw; null where all is well.</returns>
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

/// <summary>What must hold for every input.</summary>
internal static class Require
{
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}

/// <summary>Makes texts of inputs.</summary>
internal static class InputText
{
    /// <summary>What separates the texts of an input that has several.</summary>
    public const char Separator = '\0';

    /// <summary>
    /// Decodes UTF-8. A byte that is none becomes half of a surrogate pair (<c>surrogateescape</c> of Python), so that texts which are no
    /// Unicode occur, too.
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

    /// <summary>Cuts a text into a number of texts. Those that are missing are empty.</summary>
    public static string[] Cut(string text, int count)
    {
        string[] parts = text.Split(Separator, count);
        return [.. parts, .. Enumerable.Repeat("", count - parts.Length)];
    }

    /// <summary>Reads <c>name=value</c> texts, as the environment of a process has them. Of two with one name the last counts.</summary>
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
