using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Doctor;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class PreviewCommand : StoreCommand
{
    private readonly Argument<string?> _project;
    private readonly Option<string[]> _property;
    private readonly Option<bool> _json;

    public PreviewCommand(ToolContext context, Option<string?> store)
        : base(
            context,
            store,
            "preview",
            "Shows what a publish of a project would record, and where it would go. " +
            "Builds the image into a temporary archive; nothing is pushed, stored or sent.")
    {
        _project = WithArgument(ProjectOptions.Project());
        _property = With(ProjectOptions.Properties());
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["preview", "preview src/Shop", "preview -p ContainerFamily=alpine --json"];

    public override string MeaningOfNo => "nothing would be recorded";

    protected override int Run(ParseResult arguments)
    {
        string project = new ProjectFinder(Context, Name).Find(arguments.GetValue(_project));
        string[] globalProperties = arguments.GetValue(_property) ?? [];
        ProjectProperties properties = new ProjectEvaluator(Context).Evaluate(project, globalProperties);
        var doctor = new ProjectDoctor(properties, PackageTargets.Of(name => properties[name]));
        CheckResult? obstacle = doctor.Check().FirstOrDefault(static check => check.Verdict is Verdict.Bad);
        if (obstacle is not null)
        {
            Context.Terminal.WriteNote($"Nothing would be recorded. {obstacle.Text} {obstacle.Fix}".TrimEnd());
            return ExitCodes.No;
        }

        var preview = new PublishPreview(Context, project, properties);
        PreviewReport report = preview.Run(globalProperties, DataOf(arguments, properties.StoreOf(project)));
        if (arguments.GetValue(_json))
        {
            report.WriteJson(Context.Terminal);
        }
        else
        {
            report.WriteText(Context.Terminal);
        }

        return ExitCodes.Done;
    }
}
