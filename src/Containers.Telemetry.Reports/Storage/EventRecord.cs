namespace Containers.Telemetry.Reports.Storage;

/// <summary>One event as numbers: what a parser fills, again and again, and the store takes values from.</summary>
/// <param name="layout">The columns to fill.</param>
internal sealed class EventRecord(RecordLayout layout)
{
    /// <summary>The numbers by column; 0 for what the event leaves out.</summary>
    public long[] Numbers { get; } = new long[layout.Columns.Count];

    public EventKind Kind { get; set; }

    /// <summary>When it was raised: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long Time { get; set; }

    /// <summary>The id of the event; none where it has none.</summary>
    public Identifier EventId { get; set; }

    /// <summary>Joins the events of its publish; none where it has none.</summary>
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

/// <summary>The kind of event in a log record.</summary>
internal enum EventKind : byte
{
    /// <summary>Nothing of ours.</summary>
    Foreign,

    Inference,
    Success,
    Error,

    /// <summary>An event that another package's targets logged: no publish.</summary>
    Usage,
}
