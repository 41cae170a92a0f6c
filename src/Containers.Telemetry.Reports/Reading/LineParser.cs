using System.Text.Unicode;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads lines as numbers by column: lines of this package by the fast parser, all others by the parser of any OTLP/JSON. For one thread.</summary>
/// <param name="layout">The columns to fill.</param>
/// <param name="take">Receives each record, which is valid until the call returns, and the lowest reader version that understands it.</param>
internal sealed class LineParser(RecordLayout layout, Action<EventRecord, int> take)
{
    private readonly EventRecord _record = new(layout);
    private readonly OwnLineParser _fast = new(layout);
    private OtlpLineParser? _general;

    /// <param name="line">The line, without its line feed.</param>
    public StoredLineState Parse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line) || !_fast.TryParse(line, _record, out int minReaderVersion))
        {
            return (_general ??= new OtlpLineParser(layout, take)).Parse(line);
        }

        take(_record, minReaderVersion);
        return StoredLineState.Read;
    }
}
