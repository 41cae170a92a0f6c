using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>A field of a report in SQL: the expression of its values, and their display.</summary>
/// <param name="Column">The column that shows it.</param>
/// <param name="Sql">The expression: a text, a number, or an identifier as a text.</param>
/// <param name="CellOf">Returns the cell of a value.</param>
internal sealed record SqlField(ReportColumn Column, string Sql, Func<object, object?> CellOf)
{
    private const string NanosecondsOfDay = "86400000000000";
    private const string NanosecondsOfHour = "3600000000000";
    private const string UnixDay = "intDiv(" + FleetSchema.TimeUnixNano + ", " + NanosecondsOfDay + ")";

    /// <summary>The start of the day on which a publish ended, in nanoseconds.</summary>
    public const string StartOfDay = UnixDay + " * " + NanosecondsOfDay;

    // 1970-01-01 was a Thursday.
    private const string Monday = "intDiv(" + UnixDay + " + 3, 7) * 7 - 3";
    private const string FirstOfMonth = "toInt64(toUInt16(toStartOfMonth(toDate(toUInt16(" + UnixDay + ")))))";

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The inputs of the expression if they are columns with few different texts; else null.</summary>
    public IReadOnlyList<string>? TextColumns { get; init; }

    /// <param name="field">The field; of the derived ones only the parts of time.</param>
    /// <param name="bucket">The part of time, if the field does not define it.</param>
    public static SqlField Of(ReportField field, TimeBucket bucket)
    {
        if (field.Shape is FieldShape.Time)
        {
            return OfTime(field, TimeKey.BucketOf(field) ?? bucket);
        }

        string sql = ValueOf(field);
        return field.Shape switch
        {
            FieldShape.Number => new SqlField(
                new ReportColumn(field.Name, field.Title, ReportColumn.KindOf(field.SchemaField)) { IsKey = true },
                sql,
                static value => value is -1L ? null : value),
            FieldShape.Texts => OfText(field, ListText.ElementsOf(sql)) with { TextColumns = [sql] },
            FieldShape.Identifier => OfText(field, $"if({sql} = {SqlText.NoIdentifier}, '', {TextOf(field, sql)})"),
            _ => OfText(field, sql) with { TextColumns = [ColumnOf(field)] },
        };
    }

    /// <summary>The field with a text expression, which is empty for none.</summary>
    public static SqlField OfText(ReportField field, string sql) =>
        new(new ReportColumn(field.Name, field.Title, ColumnKind.Text) { IsKey = true }, sql, static value => value is "" ? CellText.None : value);

    /// <summary>The values of a field: a column, or an element of the dimensions. Several texts are one: <see cref="ListText"/>.</summary>
    public static string ValueOf(ReportField field) => field.SchemaField is { } schemaField
        ? FleetColumn.NameOf(schemaField)
        : DimensionText.ValueOf(field.Name[(field.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    /// <summary>The column of a field of texts.</summary>
    public static string ColumnOf(ReportField field) => field.SchemaField is { } schemaField ? FleetColumn.NameOf(schemaField) : FleetSchema.DimensionsText;

    // A pseudonym is written without dashes.
    private static string TextOf(ReportField field, string sql) =>
        field.SchemaField?.Kind is FieldKind.Identifier ? $"toString({sql})" : $"replaceAll(toString({sql}), '-', '')";

    private static SqlField OfTime(ReportField field, TimeBucket bucket)
    {
        string sql = bucket switch
        {
            TimeBucket.Hour => $"intDiv({FleetSchema.TimeUnixNano}, {NanosecondsOfHour})",
            TimeBucket.Week => Monday,
            TimeBucket.Month => FirstOfMonth,
            _ => UnixDay,
        };
        return new SqlField(
            TimeKey.ColumnOf(field, bucket),
            $"toInt64({sql})",
            bucket is TimeBucket.Hour
                ? static value => DateTimeOffset.UnixEpoch.AddHours((long)value)
                : static value => DateOnly.FromDayNumber(UnixEpochDay + (int)(long)value));
    }
}
