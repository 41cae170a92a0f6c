using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Doctor;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class DoctorCommand : StoreCommand
{
    private readonly Argument<string?> _project;
    private readonly Option<string[]> _property;
    private readonly Option<bool> _sendTest;
    private readonly Option<bool> _json;

    public DoctorCommand(ToolContext context, Option<string?> store)
        : base(context, store, "doctor", "Checks whether the container publishes of a project are observed, and if not, says why and how to fix it.")
    {
        _project = WithArgument(ProjectOptions.Project());
        _property = With(ProjectOptions.Properties());
        _sendTest = With(new Option<bool>("--send-test") { Description = "Sends each endpoint one test record, and shows its answer" });
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples =>
        ["doctor", "doctor src/Shop/Shop.csproj", "doctor -p PublishProfile=DefaultContainer --json", "doctor --send-test"];

    public override string MeaningOfNo => "publishes are not observed, or events are lost";

    protected override int Run(ParseResult arguments)
    {
        string project = new ProjectFinder(Context, Name).Find(arguments.GetValue(_project));
        ProjectProperties properties = new ProjectEvaluator(Context).Evaluate(project, arguments.GetValue(_property) ?? []);
        var report = new DoctorReport(
            project,
            properties["TargetFramework"],
            [
                .. new ProjectDoctor(properties, PackageTargets.Of(name => properties[name])).Check(),
                .. new StoreDoctor(FindData(arguments, properties.StoreOf(project)), Context.Config, Context.Clock.GetUtcNow()).Check(),
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
}
