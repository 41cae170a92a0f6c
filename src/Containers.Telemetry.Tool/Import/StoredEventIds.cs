using System.Buffers.Text;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Import;

/// <summary>The ids of events that a store holds.</summary>
internal sealed class StoredEventIds
{
    private const int GuidLength = 36;

    private readonly HashSet<Guid> _ids = [];

    /// <summary>Adds an id; false where it was there before.</summary>
    public bool Add(Guid id) => _ids.Add(id);

    /// <summary>Adds the ids of a store. They stand in lines that this package wrote, so they need not be parsed.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public void AddAll(string folder)
    {
        byte[] before = System.Text.Encoding.ASCII.GetBytes($$"""{"key":"{{DetailFields.EventId.Attribute}}","value":{"stringValue":" """[..^1]);
        using var lines = new StoredLines(folder);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            int start = line.IndexOf(before);
            if (start >= 0 && Utf8Parser.TryParse(line[(start + before.Length)..], out Guid id, out int length) && length == GuidLength)
            {
                _ids.Add(id);
            }
        }
    }
}
