using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>A column of a dataset whose values can be generalised, level by level, up to <see cref="Anything"/>.</summary>
/// <param name="text">Returns the text of a number that <paramref name="read"/> returned.</param>
/// <param name="generalizations">One for each level before <see cref="Anything"/>.</param>
internal sealed class GeneralizedColumn(string name, Func<PublishRow, long> read, Func<long, string> text, params Func<string, string>[] generalizations)
{
    /// <summary>The value of rows whose groups had different values and were merged.</summary>
    public const string Anything = "*";

    private readonly Dictionary<(int Level, long Number), int> _ids = [];
    private readonly Dictionary<string, int> _idsByText = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public string Name { get; } = name;

    public int MaxLevel => generalizations.Length + 1;

    /// <summary>Returns the value of a row at a level of generalisation: 0 is the value itself.</summary>
    public int IdOf(PublishRow row, int level)
    {
        long number = level >= MaxLevel ? 0 : read(row);
        if (!_ids.TryGetValue((level, number), out int id))
        {
            string generalized = TextAt(number, level);
            if (!_idsByText.TryGetValue(generalized, out id))
            {
                id = _texts.Count;
                _texts.Add(generalized);
                _idsByText.Add(generalized, id);
            }

            _ids.Add((level, number), id);
        }

        return id;
    }

    public string TextOf(int id) => _texts[id];

    private string TextAt(long number, int level) =>
        level == 0 ? text(number) : level >= MaxLevel ? Anything : generalizations[level - 1](text(number));
}
