using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>A part of the publishes of a <see cref="PublishStore"/>: finds their rows, and joins their events. The caller holds the lock.</summary>
internal sealed class PublishShard(PublishStore store)
{
    private readonly FieldColumn[] _inferenceColumns = ColumnsFrom(store.Layout, FieldSource.Inference);
    private readonly FieldColumn[] _outcomeColumns = ColumnsFrom(store.Layout, FieldSource.Outcome);
    private readonly FieldColumn[] _commonColumns = ColumnsFrom(store.Layout, FieldSource.EveryEvent);

    // Events without values in a row: those of single images, and superseded ones.
    private IdentifierTable _furtherEvents = new();
    private int[] _table = new int[256];
    private int _count;

    /// <param name="hash">The hash of its publish id.</param>
    public AddResult Add(EventRecord record, ulong hash)
    {
        int row = Find(record.PublishId, hash);
        if (row < 0)
        {
            return AddResult.OverLimit;
        }

        ref PublishState state = ref store.StateOf(row);
        ref PublishEvents events = ref store.EventsOf(row);
        if (record.EventId == events.Inference.EventId || record.EventId == events.Outcome.EventId || _furtherEvents.Contains(record.EventId))
        {
            return AddResult.Duplicate;
        }

        state.Time = state.HasEnded ? state.Time : Math.Max(state.Time, record.Time);
        bool isTaken = record.Kind is EventKind.Inference
            ? TakeInference(record, row, state.HasEnded, ref events)
            : TakeOutcome(record, row, ref state, ref events);
        if (!isTaken)
        {
            _furtherEvents.Add(record.EventId);
        }

        return AddResult.Added;
    }

    /// <summary>Releases the memory that only adding events needs. Nothing may be added after that.</summary>
    public void Seal()
    {
        _table = [];
        _furtherEvents = new IdentifierTable();
    }

    private static FieldColumn[] ColumnsFrom(RecordLayout layout, FieldSource source) => [.. layout.Columns.Where(column => column.Field.Source == source)];

    private bool TakeInference(EventRecord record, int row, bool hasEnded, ref PublishEvents events)
    {
        var stamp = new EventStamp(record.Time, record.EventId);
        if (events.Inference.IsBefore(stamp))
        {
            return false;
        }

        KeepId(events.Inference.EventId);
        events.Inference = stamp;
        Write(_inferenceColumns, record, row);
        if (!hasEnded)
        {
            Write(_commonColumns, record, row);
        }

        return true;
    }

    private bool TakeOutcome(EventRecord record, int row, ref PublishState state, ref PublishEvents events)
    {
        var stamp = new EventStamp(record.Time, record.EventId);
        bool ends = store.Layout.EndsPublish(record);
        if (state.HasEnded && !ends || state.HasEnded == ends && events.Outcome.IsBefore(stamp))
        {
            return false;
        }

        KeepId(events.Outcome.EventId);
        events.Outcome = stamp;
        if (ends)
        {
            (state.Outcome, state.Time) = (store.Layout.OutcomeOf(record), record.Time);
            Write(_outcomeColumns, record, row);
        }

        if (ends || events.Inference.IsNone)
        {
            Write(_commonColumns, record, row);
        }

        return true;
    }

    /// <summary>Keeps the id of an event whose values another event replaces.</summary>
    private void KeepId(Identifier eventId)
    {
        if (!eventId.IsNone)
        {
            _furtherEvents.Add(eventId);
        }
    }

    private static void Write(FieldColumn[] columns, EventRecord record, int row)
    {
        foreach (FieldColumn column in columns)
        {
            long number = record.Numbers[column.Index];
            column.Values[row] = number == 0 ? column.Absent : number;
        }
    }

    private int Find(Identifier publishId, ulong hash)
    {
        int slot = SlotOf(publishId, hash);
        if (_table[slot] == 0)
        {
            int row = store.AddRow(publishId);
            if (row < 0)
            {
                return row;
            }

            _table[slot] = row + 1;
            _count++;
            if ((long)_count * 4 > (long)_table.Length * 3)
            {
                Rehash();
            }

            return row;
        }

        return _table[slot] - 1;
    }

    /// <summary>Returns the index of a publish's row in the table, or of the free slot for it.</summary>
    private int SlotOf(Identifier publishId, ulong hash)
    {
        int mask = _table.Length - 1;
        int slot = (int)hash & mask;
        while (_table[slot] != 0 && store.StateOf(_table[slot] - 1).PublishId != publishId)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Rehash()
    {
        int[] old = _table;
        _table = new int[old.Length * 2];
        foreach (int entry in old)
        {
            if (entry != 0)
            {
                Identifier publishId = store.StateOf(entry - 1).PublishId;
                _table[SlotOf(publishId, Utf8Hash.Of(publishId))] = entry;
            }
        }
    }
}
