namespace Containers.Telemetry.Tool.Output;

/// <summary>A column of labels and their values. In a narrow terminal, a value is below its label.</summary>
internal sealed class FieldList(Terminal terminal)
{
    private const int NarrowWidth = 60;
    private const int LabelGap = 2;

    // A class, since a list of structs would be compiled in each process.
    private readonly List<Row> _rows = [];

    /// <summary>Adds a value. An empty label, or the same one as before, makes it another line of the previous value.</summary>
    public FieldList Add(string label, string text, Tone tone = Tone.Plain)
    {
        _rows.Add(new Row(label, text, tone));
        return this;
    }

    /// <summary>Adds a value of several items. Lines break between them.</summary>
    public FieldList Add(string label, string[] items)
    {
        _rows.Add(new Row(label, "", Tone.Plain) { Items = items });
        return this;
    }

    public void Write()
    {
        bool isNarrow = terminal.Width < NarrowWidth;
        int labelWidth = 0;
        foreach (Row row in _rows)
        {
            labelWidth = Math.Max(labelWidth, row.Label.Length);
        }

        int indent = isNarrow ? LabelGap : labelWidth + LabelGap;
        string previous = "";
        foreach (Row row in _rows)
        {
            string label = row.Label == previous ? "" : row.Label;
            previous = row.Label.Length > 0 ? row.Label : previous;
            if (isNarrow && label.Length > 0)
            {
                terminal.WriteLine(terminal.Toned(label, Tone.Faint));
            }

            string margin = isNarrow ? "" : label;
            foreach (string line in row.LinesOf(terminal.Width - indent))
            {
                terminal.Write(margin.Length > 0 ? terminal.Toned(margin, Tone.Faint) : "");
                terminal.Write(Terminal.Spaces(indent - margin.Length));
                terminal.WriteLine(terminal.Toned(line, row.Tone));
                margin = "";
            }
        }
    }

    private sealed record Row(string Label, string Text, Tone Tone)
    {
        public string[]? Items { get; init; }

        public IEnumerable<string> LinesOf(int width) => Items is null ? TextWrap.Lines(Text, width) : TextWrap.Items(Items, width);
    }
}
