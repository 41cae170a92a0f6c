using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Finds the values of fields that occur in a fleet, and writes derived fields in SQL from the occurring combinations of their inputs.</summary>
/// <param name="rows">The publishes as they follow <c>FROM</c>, one row each.</param>
internal sealed class OccurringValues(FleetConnection connection, string rows, DateOnly today)
{
    private readonly Dictionary<string, (string Sql, IReadOnlyList<string> Texts)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Field, string Digits), IReadOnlyList<Identifier>> _beginnings = [];

    /// <summary>Returns the key that groups publishes by a field.</summary>
    /// <param name="bucket">The part of time, if the field does not define it.</param>
    public SqlField KeyOf(ReportField field, TimeBucket bucket) =>
        field.Derived is { } derived && field.Shape is not FieldShape.Time
            ? SqlField.OfText(field, Of(field).Sql) with
            {
                TextColumns = derived is DerivedField.Retried ? null : [.. DerivedFields.InputsOf(derived).Select(FleetColumn.NameOf)],
            }
            : SqlField.Of(field, bucket);

    /// <summary>Returns the expression of the values of a field.</summary>
    public string SqlOf(ReportField field) => field.Derived is null ? SqlField.ValueOf(field) : Of(field).Sql;

    /// <summary>Returns the expression of a field whose values are texts, and the texts that occur; an empty one for none.</summary>
    public (string Sql, IReadOnlyList<string> Texts) Of(ReportField field)
    {
        if (!_known.TryGetValue(field.Name, out (string, IReadOnlyList<string>) known))
        {
            known = field.Derived is { } derived
                ? Derive(derived)
                : Read(SqlField.Of(field, TimeBucket.Day).Sql, [SqlField.ColumnOf(field)]);
            _known.Add(field.Name, known);
        }

        return known;
    }

    /// <summary>Returns identifiers of a field that begin alike, at most <see cref="IdentifierBeginning.Enough"/>.</summary>
    public IReadOnlyList<Identifier> BeginningWith(ReportField field, IdentifierBeginning beginning)
    {
        if (!_beginnings.TryGetValue((field.Name, beginning.Dashed), out IReadOnlyList<Identifier>? found))
        {
            string sql = SqlField.ValueOf(field);
            string query =
                $"SELECT DISTINCT {sql} FROM {rows} WHERE toString({sql}) LIKE '{beginning.Dashed}%' LIMIT {SqlText.Number(IdentifierBeginning.Enough)}";
            found = [.. connection.Query(query).Select(static row => Identifier.Of((Guid)row[0]!))];
            _beginnings.Add((field.Name, beginning.Dashed), found);
        }

        return found;
    }

    // Few values of the columns occur, and reading them is faster than the expression.
    private (string Sql, IReadOnlyList<string> Texts) Read(string sql, string[] columns)
    {
        string groups = $"SELECT {string.Join(", ", TextKey.Taken(columns))} FROM {rows} GROUP BY {TextKey.Of(columns)}";
        string query = $"SELECT toString({sql}) AS Value FROM (SELECT {string.Join(", ", TextKey.Named(columns))} FROM ({groups})) GROUP BY Value";
        return (sql, [.. connection.Query(query).Select(static row => (string)row[0]!)]);
    }

    // Only DerivedFields has the rule of a derived field. Few combinations of its inputs occur, so SQL gets the value of each.
    private (string Sql, IReadOnlyList<string> Texts) Derive(DerivedField derived)
    {
        if (derived is DerivedField.Retried)
        {
            return (Retried(), ["", "true", "false"]);
        }

        EventField[] inputs = DerivedFields.InputsOf(derived);
        string key = "concat(" + string.Join(", '\\n', ", inputs.Select(static input => $"toString({input.Name})")) + ")";
        (string Key, string Value)[] values =
        [
            .. Read(key, [.. inputs.Select(FleetColumn.NameOf)]).Texts
                .Select(text => (text, DerivedFields.ValueOf(derived, InputsIn(text), today) ?? "")),
        ];
        return values.Length == 0 ? ("''", [])
            : (SqlText.Transform(key, values.Select(static value => value.Key), values.Select(static value => value.Value), "''"),
                [.. values.Select(static value => value.Value).Distinct(StringComparer.Ordinal)]);
    }

    private static string?[] InputsIn(string key) => [.. key.Split('\n').Select(static input => input.Length == 0 ? null : input)];

    // As in DerivedColumns: a failure was retried if the next publish of its project ended within the time.
    private string Retried()
    {
        string none = $"{FleetSchema.Result} = '{FleetResult.Unknown}'";
        string columns = $"{FleetSchema.PublishId}, {FleetSchema.Result}, {FleetSchema.TimeUnixNano}";
        string order = $"{FleetSchema.TimeUnixNano}, toString({FleetSchema.PublishId})";
        string most = SqlText.Number(DerivedColumns.LongestUntilRetry.Ticks * TimeSpan.NanosecondsPerTick);
        string isSoon = $"NextUnixNano >= 0 AND NextUnixNano - {FleetSchema.TimeUnixNano} <= {most}";
        return $"""
            if({FleetSchema.Result} != '{FleetResult.Failed}', '', if({FleetSchema.PublishId} GLOBAL IN (
                SELECT {FleetSchema.PublishId} FROM (
                    SELECT {columns}, leadInFrame({FleetSchema.TimeUnixNano}, 1, toInt64(-1)) OVER (
                        PARTITION BY ProjectId ORDER BY {order} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS NextUnixNano
                    FROM {rows} WHERE NOT {none} AND ProjectId != {SqlText.NoIdentifier})
                WHERE {FleetSchema.Result} = '{FleetResult.Failed}' AND {isSoon}), 'true', 'false'))
            """;
    }
}
