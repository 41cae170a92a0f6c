using System.Text;

namespace Containers.Telemetry.Fuzz;

/// <summary>Makes inputs by editing the seeds. It moves and repeats their words, so that the inputs resemble valid ones.</summary>
internal sealed class Mutator
{
    private const int MaxBytes = 64 << 10;
    private const int MostEdits = 8;
    private const int MostRepetitions = 2_000;

    // Values that often break readers: limits of ranges, half of a surrogate pair, texts that grow when converted, nesting.
    private static readonly string[] CommonWords =
    [
        "\0", "\n", "\r\n", "\t", " ", "\"", "'", "\\", "\\u", "\\ud800", "\\udc00", "{", "}", "[", "]", "(", ")", ",", ":", ";", "=", "/", "@", "%", "%00", "%ff",
        "-1", "0", "00", "1e999", "0.1", "255", "256", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999", "NaN", "null", "true",
        "é", "\u0130", "\u212A", "\uFEFF", "\u2028", "\u202E", "\U0001F4A5", "\u0663", "-", ".", "..", "_",
    ];

    private readonly byte[][] _seeds;
    private readonly byte[][] _words;

    public Mutator(byte[][] seeds)
    {
        _seeds = seeds;
        _words = [.. CommonWords.Select(Encoding.UTF8.GetBytes), .. seeds.SelectMany(Words).DistinctBy(Convert.ToHexString)];
    }

    /// <summary>Makes an input. The same numbers give the same input.</summary>
    public byte[] Make(Random random)
    {
        var input = new List<byte>(Pick(_seeds, random));
        for (int edits = random.Next(MostEdits + 1); edits > 0 && input.Count < MaxBytes; edits--)
        {
            Edit(input, random);
        }

        return [.. input.Take(MaxBytes)];
    }

    private void Edit(List<byte> input, Random random)
    {
        int at = random.Next(input.Count + 1);
        int length = random.Next(Math.Min(input.Count - at, 1 << random.Next(12)) + 1);
        switch (random.Next(10))
        {
            case 0:
                input.RemoveRange(at, length);
                break;
            case 1:
                input.RemoveRange(at, input.Count - at);
                break;
            case 2:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 3:
                input.InsertRange(at, Pick(_seeds, random));
                break;
            case 4:
                input.InsertRange(at, Noise(random));
                break;
            case 5 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 6 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 7 when random.Next(16) == 0:
                byte[] word = Pick(_words, random);
                input.InsertRange(at, Enumerable.Repeat(word, random.Next(MostRepetitions)).SelectMany(static bytes => bytes).Take(MaxBytes));
                break;
            case 8:
                input.RemoveRange(at, length);
                input.InsertRange(at, Pick(_words, random));
                break;
            default:
                input.InsertRange(at, Pick(_words, random));
                break;
        }
    }

    private static byte[] Noise(Random random)
    {
        byte[] noise = new byte[random.Next(1, 9)];
        random.NextBytes(noise);
        return noise;
    }

    private static IEnumerable<byte[]> Words(byte[] seed)
    {
        int start = 0;
        for (int i = 1; i <= seed.Length; i++)
        {
            if (i == seed.Length || IsLetter(seed[i]) != IsLetter(seed[start]))
            {
                yield return seed[start..i];
                start = i;
            }
        }
    }

    private static bool IsLetter(byte value) => char.IsAsciiLetterOrDigit((char)value);

    private static T Pick<T>(T[] choices, Random random) => choices[random.Next(choices.Length)];
}
