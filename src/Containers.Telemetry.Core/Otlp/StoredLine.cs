namespace Containers.Telemetry.Otlp;

/// <summary>What reading a line gave.</summary>
public enum StoredLineState
{
    /// <summary>The line was read. It may hold no event of ours, as when another program's records are in the file.</summary>
    Read,

    /// <summary>The line is not JSON: the torn end of a file, or damage.</summary>
    NotJson,

    /// <summary>The line is JSON and not an OTLP request for logs.</summary>
    NotOtlpLogs,
}

/// <summary>What a line holds.</summary>
/// <param name="State">Whether it could be read.</param>
/// <param name="Events">The events that this version understands.</param>
/// <param name="SkippedCount">How many records were left out because a newer reader is needed.</param>
/// <param name="NeededReaderVersion">The reader version that understands all of the line, when records were left out; null otherwise.</param>
public sealed record StoredLine(StoredLineState State, IReadOnlyList<StoredEvent> Events, int SkippedCount, int? NeededReaderVersion);
