using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Shows the answer of a report in fifteen lines, with suggestions for further commands.</summary>
internal sealed class AnswerText(Terminal terminal, Answer answer)
{
    private const int LabelWidth = 14;
    private const string Indent = "  ";

    public void Write()
    {
        terminal.WriteParagraph(answer.Rate, Tone.Strong);
        terminal.WriteParagraph(answer.Period, Tone.Faint);
        terminal.WriteParagraph(answer.Projects, Tone.Faint);
        terminal.WriteLine();
        if (answer.HasBefore)
        {
            WriteChanges("Worse", answer.Worse, Tone.Bad);
            WriteChanges("Better", answer.Better, Tone.Good);
        }
        else
        {
            terminal.WriteLine(Answer.NothingBefore);
        }

        terminal.WriteLine();
        var list = new FieldList(terminal);
        foreach ((string title, IReadOnlyList<string> findings, string none) in answer.Lists)
        {
            list.Add(title, findings.Count == 0 ? none : AsManyAsFit(findings));
        }

        list.Write();
        terminal.WriteLine();
        terminal.WriteParagraph("More: report --all, report --by FIELD --compare previous, fields", Tone.Faint);
        terminal.Flush();
    }

    private void WriteChanges(string title, IReadOnlyList<(string Where, string What)> changes, Tone tone)
    {
        if (changes.Count == 0)
        {
            terminal.WriteLine($"{title}: {Answer.NoChange}");
            return;
        }

        terminal.WriteLine(terminal.Toned(title, tone));
        foreach ((string where, string what) in changes)
        {
            IEnumerable<string> lines = TextWrap.Lines($"{where}: {what}", terminal.Width - (2 * Indent.Length))
                .Select(static (line, i) => i == 0 ? Indent + line : Indent + Indent + line);
            foreach (string line in lines)
            {
                terminal.WriteLine(line);
            }
        }
    }

    /// <summary>Joins as many findings as fit into a line, with the number of the others.</summary>
    private string AsManyAsFit(IReadOnlyList<string> findings)
    {
        int most = Math.Min(Answer.MostFindings, findings.Count);
        while (most > 1 && Answer.Join(findings, most).Length > terminal.Width - LabelWidth)
        {
            most--;
        }

        return Answer.Join(findings, most);
    }
}
