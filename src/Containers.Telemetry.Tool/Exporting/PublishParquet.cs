using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Parquet;
using Parquet.Schema;

namespace Containers.Telemetry.Tool.Exporting;

/// <summary>Writes publishes as Apache Parquet: one column per field, null for none. Several values are one text, with semicolons between them.</summary>
internal static class PublishParquet
{
    // Large enough for good compression, small enough for the memory of one group.
    private const int RowsOfGroup = 100_000;

    public static async Task WriteAsync(PublishList list, Stream output)
    {
        var id = new DataField<string>("PublishId");
        var time = new DateTimeDataField("Time", DateTimeFormat.DateAndTimeMicros);
        var outcome = new DataField<string>("Outcome");
        DataField[] columns = [.. list.Fields.Select(ColumnOf)];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema([id, time, outcome, .. columns]), output).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            foreach (PublishEntry[] rows in list.Publishes.Chunk(RowsOfGroup))
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync(id, Array.ConvertAll(rows, static row => row.Id.ToString("D"))).ConfigureAwait(false);
                await group.WriteAsync<DateTime>(time, Array.ConvertAll(rows, static row => row.Time.UtcDateTime)).ConfigureAwait(false);
                await group.WriteAsync(outcome, Array.ConvertAll(rows, static row => row.Outcome)).ConfigureAwait(false);
                for (int i = 0; i < columns.Length; i++)
                {
                    await WriteColumnAsync(group, columns[i], Array.ConvertAll(rows, row => row.Values[i])).ConfigureAwait(false);
                }
            }
        }
    }

    private static DataField ColumnOf(ReportField field) => field switch
    {
        { SchemaField.Kind: FieldKind.Count } => new DataField<long?>(field.Name),
        { IsFlag: true } => new DataField<bool?>(field.Name),
        _ => new DataField<string>(field.Name),
    };

    private static async Task WriteColumnAsync(ParquetRowGroupWriter group, DataField column, object?[] values)
    {
        switch (column)
        {
            case DataField<long?>:
                await group.WriteAsync<long>(column, Array.ConvertAll(values, static value => (long?)value)).ConfigureAwait(false);
                break;
            case DataField<bool?>:
                await group.WriteAsync<bool>(
                    column, Array.ConvertAll(values, static value => value is null ? (bool?)null : value is "true")).ConfigureAwait(false);
                break;
            default:
                await group.WriteAsync(column, Array.ConvertAll(values, TextOf)!).ConfigureAwait(false);
                break;
        }
    }

    private static string? TextOf(object? value) => value is string[] texts ? string.Join(';', texts) : (string?)value;
}
