using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>A part of the publishes: their rows, and a table that finds the row of a publish. Its user holds the lock.</summary>
internal sealed class PublishShard(RecordLayout layout, int maxRows)
{
    // Large enough for the large object heap, where the collector does not move them.
    private const int ChunkSize = 1 << 18;

    private readonly int _rowSize = layout.RowSize;
    private readonly int _rowsPerChunk = ChunkSize / layout.RowSize;
    private readonly FieldColumn[] _inferenceColumns = [.. layout.Columns.Where(static column => column.Field.IsFromInference)];
    private readonly FieldColumn[] _outcomeColumns = [.. layout.Columns.Where(static column => !column.Field.IsFromInference)];
    private readonly List<byte[]> _chunks = [];
    private readonly HashSet<ulong> _furtherEvents = [];
    private int[] _table = new int[256];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Returns a row.</summary>
    public Span<byte> Row(int index) => _chunks[index / _rowsPerChunk].AsSpan(index % _rowsPerChunk * _rowSize, _rowSize);

    /// <summary>Takes the values of an event.</summary>
    /// <param name="record">The event.</param>
    /// <param name="hash">The hash of its publish id.</param>
    public AddResult Add(EventRecord record, ulong hash)
    {
        int index = Find(record.PublishId, hash);
        if (index < 0)
        {
            return AddResult.OverLimit;
        }

        Span<byte> row = Row(index);
        ref RowHeader header = ref MemoryMarshal.AsRef<RowHeader>(row);
        ulong fingerprint = EventFingerprint.Of(record.EventId);
        if (fingerprint == header.Inference || fingerprint == header.OutcomeEvent || (_furtherEvents.Count > 0 && _furtherEvents.Contains(FurtherEvent(record.PublishId, fingerprint))))
        {
            return AddResult.Duplicate;
        }

        if (record.Kind is EventKind.Inference)
        {
            TakeInference(record, fingerprint, row, ref header);
        }
        else
        {
            TakeOutcome(record, fingerprint, row, ref header);
        }

        return AddResult.Added;
    }

    /// <summary>Lets go of what only adding events needs. Nothing may be added any more.</summary>
    public void Seal()
    {
        _table = [];
        _furtherEvents.Clear();
        _furtherEvents.TrimExcess();
    }

    private void TakeInference(EventRecord record, ulong fingerprint, Span<byte> row, ref RowHeader header)
    {
        if (header.Inference != 0 && header.Inference < fingerprint)
        {
            _furtherEvents.Add(FurtherEvent(record.PublishId, fingerprint));
            return;
        }

        Replace(record.PublishId, ref header.Inference, fingerprint);
        if (header.OutcomeEvent == 0)
        {
            header.Time = record.Time;
        }

        Write(_inferenceColumns, record, row);
    }

    private void TakeOutcome(EventRecord record, ulong fingerprint, Span<byte> row, ref RowHeader header)
    {
        OutcomeRank rank = record.Kind is EventKind.Error ? OutcomeRank.Failure
            : record.Numbers[layout.Scope.Index] == layout.IndexScope ? OutcomeRank.Index
            : OutcomeRank.Image;

        // The lower one is the earlier one, in whatever order the events are read.
        if (rank < header.Rank || (rank == header.Rank && header.OutcomeEvent < fingerprint))
        {
            _furtherEvents.Add(FurtherEvent(record.PublishId, fingerprint));
            return;
        }

        Replace(record.PublishId, ref header.OutcomeEvent, fingerprint);
        header.Rank = rank;
        header.Time = record.Time;
        long outcome = record.Numbers[layout.Outcome.Index];
        header.Outcome = rank is not OutcomeRank.Failure ? PublishOutcome.Succeeded
            : outcome == layout.CanceledOutcome ? PublishOutcome.Canceled
            : outcome == layout.UnfinishedOutcome ? PublishOutcome.Unknown
            : PublishOutcome.Failed;
        Write(_outcomeColumns, record, row);
    }

    private void Replace(UInt128 publishId, ref ulong kept, ulong better)
    {
        if (kept != 0)
        {
            _furtherEvents.Add(FurtherEvent(publishId, kept));
        }

        kept = better;
    }

    /// <summary>Joins publish and event in 64 bits: of a million further events, two are taken for one with a chance of one in 30 million.</summary>
    private static ulong FurtherEvent(UInt128 publishId, ulong fingerprint) => Utf8Hash.Of(publishId ^ fingerprint);

    private static void Write(FieldColumn[] columns, EventRecord record, Span<byte> row)
    {
        foreach (FieldColumn column in columns)
        {
            long number = record.Numbers[column.Index];
            column.Write(row, number == 0 ? column.Absent : number);
        }
    }

    private int Find(UInt128 publishId, ulong hash)
    {
        int mask = _table.Length - 1;
        int slot = (int)hash & mask;
        while (_table[slot] != 0)
        {
            int index = _table[slot] - 1;
            if (Unsafe.ReadUnaligned<UInt128>(ref MemoryMarshal.GetReference(Row(index))) == publishId)
            {
                return index;
            }

            slot = (slot + 1) & mask;
        }

        return Count == maxRows ? -1 : AddRow(publishId, slot);
    }

    private int AddRow(UInt128 publishId, int slot)
    {
        if (Count % _rowsPerChunk == 0)
        {
            _chunks.Add(GC.AllocateUninitializedArray<byte>(_rowsPerChunk * _rowSize));
        }

        int index = Count++;
        Span<byte> row = Row(index);
        row.Clear();
        MemoryMarshal.AsRef<RowHeader>(row).PublishId = publishId;
        _table[slot] = Count;
        if ((long)Count * 4 > (long)_table.Length * 3)
        {
            Rehash();
        }

        return index;
    }

    private void Rehash()
    {
        // The old table can go at once: the rows have all that is needed.
        _table = new int[_table.Length * 2];
        int mask = _table.Length - 1;
        for (int index = 0; index < Count; index++)
        {
            int slot = (int)Utf8Hash.Of(MemoryMarshal.AsRef<RowHeader>(Row(index)).PublishId) & mask;
            while (_table[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _table[slot] = index + 1;
        }
    }
}
