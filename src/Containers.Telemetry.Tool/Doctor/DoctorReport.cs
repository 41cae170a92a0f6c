using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>The result of the checks, for a person or for a script.</summary>
internal sealed class DoctorReport(string project, string framework, IReadOnlyList<CheckResult> results)
{
    private const int MarkWidth = 6;

    public bool IsObserved { get; } = results.All(result => result.Verdict is not Verdict.Bad);

    public bool IsWell { get; } = results.All(result => result.Verdict is Verdict.Good);

    public void WriteText(Terminal terminal)
    {
        terminal.WriteLine(terminal.Toned(framework.Length > 0 ? $"{project} ({framework})" : project, Tone.Strong));
        terminal.WriteLine();
        foreach (CheckResult result in results)
        {
            WriteResult(terminal, result);
        }

        terminal.WriteLine();
        var (text, tone) = (IsObserved, IsWell) switch
        {
            (false, _) => ("Publishes of this project are not observed.", Tone.Bad),
            (_, false) => ("Publishes of this project are observed, but something is lost.", Tone.Warning),
            _ => ("Publishes of this project are observed.", Tone.Good),
        };
        terminal.WriteLine(terminal.Toned(text, tone));
    }

    public void WriteJson(Terminal terminal) => JsonText.Write(terminal, WriteJson);

    private static void WriteResult(Terminal terminal, CheckResult result)
    {
        var (mark, tone) = result.Verdict switch
        {
            Verdict.Good => ("ok", Tone.Good),
            Verdict.Warning => ("warn", Tone.Warning),
            _ => ("no", Tone.Bad),
        };
        string margin = terminal.Toned(mark, tone) + Terminal.Spaces(MarkWidth - mark.Length);
        string rest = Terminal.Spaces(MarkWidth);
        foreach (string line in TextWrap.Lines(result.Text, terminal.Width - MarkWidth))
        {
            terminal.WriteLine(margin + line);
            margin = rest;
        }

        foreach (string line in result.Fix is { } fix ? TextWrap.Lines(fix, terminal.Width - MarkWidth) : [])
        {
            terminal.WriteLine(rest + terminal.Toned(line, Tone.Strong));
        }
    }

    private void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("project", project);
        writer.WriteString("framework", framework);
        writer.WriteBoolean("observed", IsObserved);
        writer.WriteObjects("checks", results, result =>
        {
            writer.WriteString("name", result.Name);
            writer.WriteString("verdict", result.Verdict.ToString().ToLowerInvariant());
            writer.WriteString("text", result.Text);
            writer.WriteString("fix", result.Fix);
        });
    }
}

/// <param name="Name">What was checked: one word for scripts, such as <c>consent</c>.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="Fix">The remedy; null if none is needed.</param>
internal sealed record CheckResult(string Name, Verdict Verdict, string Text, string? Fix = null);

/// <summary>The result of a check.</summary>
internal enum Verdict
{
    Good,

    /// <summary>Publishes are observed, but something is lost.</summary>
    Warning,

    /// <summary>No publish is observed.</summary>
    Bad,
}
