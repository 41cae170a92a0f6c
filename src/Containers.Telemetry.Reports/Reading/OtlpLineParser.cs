using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads any line of OTLP/JSON logs as numbers by column.</summary>
internal sealed class OtlpLineParser
{
    // Files from elsewhere may name any number of attributes.
    private const int MaxTargets = 1024;

    private readonly Dictionary<string, AttributeTarget> _targets = new(StringComparer.Ordinal);
    private readonly RecordLayout _layout;
    private readonly Action<EventRecord, int> _take;
    private readonly OtlpReader _reader;
    private readonly FieldColumn? _schemaVersion;
    private readonly EventRecord _record;
    private readonly EventRecord _resource;

    /// <param name="layout">The columns to fill.</param>
    /// <param name="take">Receives each record, which is valid until the call returns, and the lowest reader version that understands it.</param>
    public OtlpLineParser(RecordLayout layout, Action<EventRecord, int> take)
    {
        _layout = layout;
        _take = take;
        _reader = new OtlpReader(key => TargetOf(key).Role is not AttributeRole.Ignored);
        _schemaVersion = layout.Find(DetailFields.SchemaVersion.Attribute);
        _record = new EventRecord(layout);
        _resource = new EventRecord(layout);
    }

    public StoredLineState Parse(ReadOnlySpan<byte> line) => _reader.Read(line, Take);

    private void Take(OtlpRecord read)
    {
        if (read.IsFirstOfResource)
        {
            _resource.Clear();
            Store(read.Resource, _resource);
        }

        _record.Clear();
        _resource.Numbers.CopyTo(_record.Numbers, 0);
        if (_schemaVersion is not null)
        {
            _record.Numbers[_schemaVersion.Index] = read.SchemaVersion is { } version ? 1L + version : 0;
        }

        if (read.IsOurs && read.FindEventName() is { } name)
        {
            _record.Kind = OtlpNames.KindOf(Encoding.UTF8.GetBytes(name));
        }

        _record.Time = read.Time == 0 ? 0 : OtlpNames.TicksOf(read.Time);
        Store(read.Attributes, _record);
        _take(_record, read.MinReaderVersion);
    }

    private AttributeTarget TargetOf(string key)
    {
        if (!_targets.TryGetValue(key, out AttributeTarget target))
        {
            target = AttributeTarget.Of(key, _layout);
            if (target.Role is not AttributeRole.Ignored || _targets.Count < MaxTargets)
            {
                _targets.Add(key, target);
            }
        }

        return target;
    }

    private void Store(List<OtlpAttribute> attributes, EventRecord record)
    {
        foreach (OtlpAttribute attribute in attributes)
        {
            AttributeTarget target = TargetOf(attribute.Key);
            switch (target.Role)
            {
                case AttributeRole.EventId:
                    record.EventId = IdentifierOf(attribute);
                    break;
                case AttributeRole.PublishId:
                    record.PublishId = IdentifierOf(attribute);
                    break;
                case AttributeRole.Value:
                    record.Numbers[target.Column!.Index] = attribute.Text is { } text ? target.Column.NumberOf(text) : target.Column.NumberOf(attribute.Texts);
                    break;
            }
        }
    }

    private static Identifier IdentifierOf(OtlpAttribute attribute) =>
        attribute.Text is { } text && Identifier.TryParse(text, out Identifier identifier) ? identifier : default;
}
