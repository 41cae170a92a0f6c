using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Opens a bracket around a publish: it has failed unless <see cref="CompleteContainerPublish"/> closes the bracket before the build ends, or an
/// observed task that ends the publish begins.
/// </summary>
public sealed class BracketContainerPublish : TransferStep
{
    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("bracket");

        // A reused node may hold a bracket that an earlier build of this project left open.
        ProjectScope.Find<BracketedPublish>(engine)?.Dispose();
        if (ProjectScope.Find<ContainerPublish>(engine) is { } publish)
        {
            ProjectScope.Put(engine, new BracketedPublish(publish, Transfer));
            publish.MakeCertain(engine);
        }
    }
}
