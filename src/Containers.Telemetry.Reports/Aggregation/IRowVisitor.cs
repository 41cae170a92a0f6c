namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Is shown each publish of a selection, user by user.</summary>
internal interface IRowVisitor
{
    /// <summary>Looks at a publish.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="user">Its user's number; 0 for none.</param>
    void Visit(ReadOnlySpan<byte> row, int user);
}
