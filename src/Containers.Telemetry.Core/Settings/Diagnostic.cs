using System.Globalization;

namespace Containers.Telemetry.Settings;

/// <summary>A warning or an error with a code of its own.</summary>
public sealed class Diagnostic
{
    internal Diagnostic(string code, DiagnosticSource source, string text, string remedy)
    {
        Code = code;
        Source = source;
        Text = text;
        Remedy = remedy;
    }

    /// <summary><c>CTEL</c> and four digits. A code is never used for anything else.</summary>
    public string Code { get; }

    /// <summary>What raises it.</summary>
    public DiagnosticSource Source { get; }

    /// <summary>
    /// What is wrong with which setting, what values it takes, and what applies instead: a composite format. Its arguments are names,
    /// numbers and types of ours, never a value that a user has set.
    /// </summary>
    public string Text { get; }

    /// <summary>What to do, as docs/diagnostics.md says it.</summary>
    public string Remedy { get; }

    /// <summary>Returns the text with its arguments, by invariant culture.</summary>
    public string Format(params object[] arguments) => string.Format(CultureInfo.InvariantCulture, Text, arguments);

    internal SettingProblem Problem(params object[] arguments) => new(Code, Format(arguments));
}
