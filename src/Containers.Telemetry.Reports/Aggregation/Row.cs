using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Reads what every row begins with.</summary>
internal static class Row
{
    public static ref readonly RowHeader Header(ReadOnlySpan<byte> row) => ref MemoryMarshal.AsRef<RowHeader>(row);

    /// <summary>When the publish ended: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public static long TimeOf(ReadOnlySpan<byte> row) => Header(row).Time;

    public static PublishOutcome OutcomeOf(ReadOnlySpan<byte> row) => Header(row).Outcome;
}
