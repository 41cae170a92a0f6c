namespace Containers.Telemetry.Reports.Storage;

/// <summary>Numbers the different lists of texts of one field, as <see cref="TextDictionary"/> does with texts. Safe for many threads.</summary>
/// <param name="capacity">The most lists with their own number.</param>
internal sealed class TextSetDictionary(TextDictionary elements, int capacity)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> _sets = [[]];

    /// <summary>Numbers the texts of the lists.</summary>
    public TextDictionary Elements { get; } = elements;

    /// <summary>The number of all lists beyond the capacity.</summary>
    public int OtherNumber { get; } = capacity + 1;

    /// <summary>Returns the number of a list. Order and repetitions do not matter.</summary>
    public int NumberOf(IEnumerable<string> texts)
    {
        int[] set = [.. texts.Select(Elements.NumberOf).Distinct().Order()];
        if (set.Length == 0)
        {
            return 0;
        }

        string key = string.Join(',', set);
        lock (_numbers)
        {
            if (_numbers.TryGetValue(key, out int number))
            {
                return number;
            }

            if (_sets.Count > capacity)
            {
                return OtherNumber;
            }

            _numbers.Add(key, _sets.Count);
            _sets.Add(set);
            return _sets.Count - 1;
        }
    }

    /// <summary>Returns the texts of a list in ordinal order, none for 0.</summary>
    public string[] TextsOf(int number) => [.. ElementsOf(number).Select(Elements.TextOf).Order(StringComparer.Ordinal)];

    /// <summary>Returns the numbers of the texts of a list, none for 0.</summary>
    public int[] ElementsOf(int number)
    {
        lock (_numbers)
        {
            return number == OtherNumber ? [Elements.OtherNumber] : _sets[number];
        }
    }
}
