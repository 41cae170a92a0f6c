namespace Containers.Telemetry.Fleet.Schema;

/// <summary>A step from one version of the tables to the next. Its statements may run again, so a step that failed halfway is repeated.</summary>
/// <param name="Version">The version that the tables have afterwards.</param>
internal sealed record Migration(int Version, Func<FleetLayout, IEnumerable<string>> Statements)
{
    /// <summary>The state of a step whose first statement may have run.</summary>
    public const string Begun = "begun";

    /// <summary>The state of a step whose statements have all run.</summary>
    public const string Done = "done";

    /// <summary>All steps, in their order. A released step is never changed: add another one.</summary>
    public static IReadOnlyList<Migration> All { get; } = [new(1, static layout => FleetSchema.Tables.SelectMany(table => table.Create(layout)))];

    public string Checksum { get; } = StatementChecksum.Of(Statements(StatementChecksum.AnyLayout));
}
