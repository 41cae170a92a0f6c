using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Fleets;

/// <summary>Prints the changes to the database of a fleet.</summary>
internal sealed class FleetChangesText(Terminal terminal)
{
    public void Write(FleetChanges changes, string nothing)
    {
        if (changes.Versions.Count > 0)
        {
            terminal.WriteLine($"The tables of version {changes.Versions[^1].ToString(CultureInfo.InvariantCulture)} are ready.");
        }

        if (changes.HasNewView)
        {
            terminal.WriteLine("The view on the Collector's table is ready.");
        }

        if (changes.Created is { } created)
        {
            terminal.WriteLine($"Tables were missing, and are there now: {created}.");
        }

        if (changes is { Versions.Count: 0, HasNewView: false, Created: null })
        {
            terminal.WriteLine(nothing);
        }

        WriteMisfit(changes.Misfit);
    }

    /// <summary>Prints why the Collector's table cannot be read; nothing for null.</summary>
    public void WriteMisfit(string? misfit)
    {
        if (misfit is not null)
        {
            terminal.WriteNote($"note: {misfit}");
        }
    }
}
