namespace Containers.Telemetry.Reports.Reading;

/// <summary>A log record with its scope and its resource.</summary>
internal sealed class OtlpRecord
{
    /// <summary>The attribute with the name of an event, from before log records had a field for it. Some programs still write it.</summary>
    public const string EventNameAttribute = "event.name";

    public List<OtlpAttribute> Resource { get; } = [];

    public List<OtlpAttribute> Attributes { get; } = [];

    /// <summary>Whether it is the first record of its resource.</summary>
    public bool IsFirstOfResource { get; set; }

    public bool IsOurs { get; set; }

    /// <summary>The version of the schema; null when it is not known.</summary>
    public int? SchemaVersion { get; set; }

    /// <summary>The lowest reader version that understands the record; 0 when it is not known.</summary>
    public int MinReaderVersion { get; set; }

    /// <summary>Its field for the name of its event; null when it has none.</summary>
    public string? EventName { get; set; }

    /// <summary>Its time, in nanoseconds since 1970; 0 when it is not known.</summary>
    public ulong Time { get; set; }

    public string? TraceId { get; set; }

    public string? SpanId { get; set; }

    /// <summary>Returns the name of its event, from its field or from its attribute; null when it has none.</summary>
    public string? FindEventName() => EventName is { Length: > 0 } own
        ? own
        : Attributes.Find(static attribute => attribute is { Key: EventNameAttribute, Kind: OtlpValueKind.Text }).Text;

    public void ClearScope()
    {
        IsOurs = false;
        SchemaVersion = null;
        MinReaderVersion = 0;
    }

    /// <summary>Forgets the record, and keeps its scope and resource.</summary>
    public void ClearRecord()
    {
        Attributes.Clear();
        EventName = null;
        Time = 0;
        TraceId = null;
        SpanId = null;
    }
}

/// <param name="Text">A text, number or flag as text; null for several texts, and for any other value.</param>
/// <param name="Texts">Several texts; empty for other kinds.</param>
internal readonly record struct OtlpAttribute(string Key, OtlpValueKind Kind, string? Text, string[] Texts);

internal enum OtlpValueKind
{
    /// <summary>A value of another kind, or an invalid one.</summary>
    Other,

    Text,
    Number,
    Flag,
    Texts,
}
