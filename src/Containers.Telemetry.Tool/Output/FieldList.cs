namespace Containers.Telemetry.Tool.Output;

/// <summary>Labels and their values, beneath one another. Where the terminal is narrow, a value stands under its label.</summary>
internal sealed class FieldList(Terminal terminal)
{
    private const int NarrowWidth = 60;
    private const int LabelGap = 2;

    private readonly List<(string Label, string Text, Tone Tone)> _rows = [];

    /// <summary>Adds a value, or with an empty label one more line of the value before.</summary>
    public FieldList Add(string label, string text, Tone tone = Tone.Plain)
    {
        _rows.Add((label, text, tone));
        return this;
    }

    public void Write()
    {
        bool isNarrow = terminal.Width < NarrowWidth;
        int labelWidth = 0;
        foreach (var row in _rows)
        {
            labelWidth = Math.Max(labelWidth, row.Label.Length);
        }

        int indent = isNarrow ? LabelGap : labelWidth + LabelGap;
        foreach (var (label, text, tone) in _rows)
        {
            if (isNarrow && label.Length > 0)
            {
                terminal.WriteLine(terminal.Toned(label, Tone.Faint));
            }

            string margin = isNarrow ? "" : label;
            foreach (string line in TextWrap.Lines(text, terminal.Width - indent))
            {
                terminal.Out.Write(margin.Length > 0 ? terminal.Toned(margin, Tone.Faint) : "");
                terminal.Out.Write(new string(' ', indent - margin.Length));
                terminal.WriteLine(terminal.Toned(line, tone));
                margin = "";
            }
        }
    }
}
