namespace Containers.Telemetry.Reports.Storage;

/// <summary>One event as numbers: reused by a parser for each event, and read by the store.</summary>
/// <param name="layout">The columns to fill.</param>
internal sealed class EventRecord(RecordLayout layout)
{
    /// <summary>The numbers by column; 0 for missing values.</summary>
    public long[] Numbers { get; } = new long[layout.Columns.Count];

    public EventKind Kind { get; set; }

    /// <summary>The time of the event: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long Time { get; set; }

    /// <summary>The id of the event, if any.</summary>
    public Identifier EventId { get; set; }

    /// <summary>The id of its publish, if any.</summary>
    public Identifier PublishId { get; set; }

    public void Clear()
    {
        Array.Clear(Numbers);
        Kind = EventKind.Foreign;
        Time = 0;
        EventId = default;
        PublishId = default;
    }
}

internal enum EventKind : byte
{
    Foreign,

    Inference,
    Success,
    Error,

    /// <summary>An event that another package's targets logged, without a publish.</summary>
    Usage,
}
