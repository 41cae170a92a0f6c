namespace Containers.Telemetry.Tool.Commands;

internal static class ProjectOptions
{
    public static Argument<string?> Project() => new("PROJECT")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A project file, or a folder that holds one; the current folder if left out",
    };

    /// <summary>The properties of the command line of a publish.</summary>
    public static Option<string[]> Properties()
    {
        var properties = new Option<string[]>("--property", "-p")
        {
            Description = "An MSBuild property that your publishes set on the command line",
            HelpName = "NAME=VALUE",
        };
        properties.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => token.Value.IndexOf('=') <= 0))
            {
                result.AddError("--property takes a name and a value, such as PublishProfile=DefaultContainer");
            }
        });
        return properties;
    }
}
