namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Counts all publishes.</summary>
internal sealed class WholeTally : IRowVisitor
{
    public Tally Tally { get; } = new();

    public void Visit(ReadOnlySpan<byte> row, int user) => Tally.Add(Row.OutcomeOf(row), Row.TimeOf(row), user);
}
