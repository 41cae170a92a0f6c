namespace Containers.Telemetry.Tool.Output;

/// <summary>Labels and their values, beneath one another. Where the terminal is narrow, a value stands under its label.</summary>
internal sealed class FieldList(Terminal terminal)
{
    private const int NarrowWidth = 60;
    private const int LabelGap = 2;

    // Of a class, since a list of structs would be compiled anew in each process.
    private readonly List<Row> _rows = [];

    /// <summary>Adds a value, or with an empty label one more line of the value before.</summary>
    public FieldList Add(string label, string text, Tone tone = Tone.Plain)
    {
        _rows.Add(new Row(label, text, tone));
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
        foreach (Row row in _rows)
        {
            string label = row.Label;
            if (isNarrow && label.Length > 0)
            {
                terminal.WriteLine(terminal.Toned(label, Tone.Faint));
            }

            string margin = isNarrow ? "" : label;
            foreach (string line in TextWrap.Lines(row.Text, terminal.Width - indent))
            {
                terminal.Write(margin.Length > 0 ? terminal.Toned(margin, Tone.Faint) : "");
                terminal.Write(Terminal.Spaces(indent - margin.Length));
                terminal.WriteLine(terminal.Toned(line, row.Tone));
                margin = "";
            }
        }
    }

    private sealed record Row(string Label, string Text, Tone Tone);
}
