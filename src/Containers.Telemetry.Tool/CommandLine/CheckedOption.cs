using System.CommandLine;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>An option whose text is read as something else.</summary>
/// <remarks>To the parser it is one of text: the parser's code for values that are no objects is compiled anew in each process.</remarks>
internal abstract class CheckedOption : Option<string?>
{
    /// <param name="name">The option.</param>
    /// <param name="forms">What it takes.</param>
    /// <param name="aliases">Its other names.</param>
    protected CheckedOption(string name, string forms, params string[] aliases)
        : base(name, aliases)
    {
        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IsValid(token.Value))
            {
                result.AddError($"{name} takes {forms}");
            }
        });
    }

    /// <summary>Whether a text is what the option takes.</summary>
    protected abstract bool IsValid(string text);
}
