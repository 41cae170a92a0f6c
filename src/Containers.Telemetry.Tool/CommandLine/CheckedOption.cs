namespace Containers.Telemetry.Tool.CommandLine;

/// <remarks>For the parser it is an option of text, since the parser's generic code for value types is compiled in each process.</remarks>
internal abstract class CheckedOption : Option<string?>
{
    /// <param name="forms">Describes its valid values.</param>
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

    protected abstract bool IsValid(string text);
}
