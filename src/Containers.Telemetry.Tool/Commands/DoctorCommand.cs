using System.CommandLine;
using Containers.Telemetry.Tool.Doctor;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class DoctorCommand : StoreCommand
{
    private readonly Argument<string?> _project;
    private readonly Option<string[]> _property;
    private readonly Option<bool> _sendTest;
    private readonly Option<bool> _json;

    public DoctorCommand(ToolContext context, Option<string?> store)
        : base(context, store, "doctor", "Says whether the container publishes of a project are observed, and if not, what stops it and how to fix it.")
    {
        _project = WithArgument(new Argument<string?>("PROJECT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A project file, or a folder that holds one; the current folder if left out",
        });
        _property = With(new Option<string[]>("--property", "-p")
        {
            Description = "An MSBuild property that your publishes set on the command line",
            HelpName = "NAME=VALUE",
        });
        _property.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => token.Value.IndexOf('=') <= 0))
            {
                result.AddError("--property takes a name and a value, such as PublishProfile=DefaultContainer");
            }
        });
        _sendTest = With(new Option<bool>("--send-test") { Description = "Sends each endpoint one test record, and shows its answer" });
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["doctor", "doctor src/Shop/Shop.csproj", "doctor -p PublishProfile=DefaultContainer --json", "doctor --send-test"];

    public override string MeaningOfNo => "publishes are not observed, or events are lost";

    protected override int Run(ParseResult arguments)
    {
        string project = new ProjectFinder(Context).Find(arguments.GetValue(_project));
        ProjectProperties properties = new ProjectEvaluator(Context).Evaluate(project, arguments.GetValue(_property) ?? []);
        var report = new DoctorReport(
            project,
            properties["TargetFramework"],
            [
                .. new ProjectDoctor(properties, PackageTargets.Of(name => properties[name])).Check(),
                .. new StoreDoctor(DataOf(arguments, StoreOf(project, properties)), Context.Config).Check(),
                .. new EndpointDoctor(Context, properties).Check(arguments.GetValue(_sendTest)),
            ]);
        if (arguments.GetValue(_json))
        {
            report.WriteJson(Context.Terminal);
        }
        else
        {
            report.WriteText(Context.Terminal);
        }

        return report.IsWell ? ExitCodes.Done : ExitCodes.No;
    }

    // As in Containers.Telemetry.targets.
    private static string StoreOf(string project, ProjectProperties properties)
    {
        string store = properties["ContainersTelemetryStore"];
        return store.Length == 0 || store is "~" or ['~', '/' or '\\', ..] ? store : Path.Combine(Path.GetDirectoryName(project)!, store);
    }
}
