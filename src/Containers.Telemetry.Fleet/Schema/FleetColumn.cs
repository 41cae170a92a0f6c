using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>A column of a table of the fleet.</summary>
/// <param name="Name">Its name: that of the schema's field where it holds one.</param>
/// <param name="Type">Its type in ClickHouse.</param>
internal sealed record FleetColumn(string Name, string Type)
{
    /// <summary>A text of few different ones; empty where the event leaves the field out.</summary>
    public const string TextType = "LowCardinality(String)";

    /// <summary>An identifier or a keyed hash; all zeros where the event leaves the field out.</summary>
    public const string IdentifierType = "UUID";

    /// <summary>A number; -1 where the event leaves the field out. Not Nullable: aggregates such as argMin pass over nulls, and would take a value from another event.</summary>
    public const string NumberType = "Int64";

    /// <summary>A day.</summary>
    public const string DayType = "Date";

    /// <summary>The codec of texts and of identifiers that occur once.</summary>
    public const string TextCodec = " CODEC(ZSTD(1))";

    /// <summary>The codec of numbers that take up a few of their bits.</summary>
    public const string NumberCodec = " CODEC(T64, ZSTD(1))";

    private const string Alias = " ALIAS ";

    // A user and a project come again after thousands of others: what is looked back to is as large as a block.
    private const string IdentityCodec = " CODEC(ZSTD(9, 23))";

    /// <summary>The default and the codec, as they follow the type.</summary>
    public string Clauses { get; init; } = "";

    /// <summary>The field of the schema; null for a column that no field fills.</summary>
    public EventField? Field { get; init; }

    /// <summary>The value that the table gives a row without one.</summary>
    public object DefaultValue { get; } = Type switch
    {
        NumberType => -1L,
        IdentifierType => Guid.Empty,
        _ => "",
    };

    /// <summary>Whether it has values of its own; otherwise they are made of other columns when somebody reads it.</summary>
    public bool IsStored => !Clauses.StartsWith(Alias, StringComparison.Ordinal);

    /// <summary>The name of the column that holds the values of a field.</summary>
    public static string NameOf(EventField field) => IsList(field) ? field.Name + "Text" : field.Name;

    /// <summary>Makes the column that holds the values of a field.</summary>
    public static FleetColumn Of(EventField field) => ReportField.Of(field).Shape switch
    {
        FieldShape.Number => new FleetColumn(field.Name, NumberType) { Field = field, Clauses = " DEFAULT -1" + NumberCodec },
        FieldShape.Identifier or FieldShape.Identity => new FleetColumn(field.Name, IdentifierType) { Field = field, Clauses = IdentityCodec },
        _ => Text(NameOf(field)) with { Field = field },
    };

    /// <summary>Makes a column of other columns, for people and dashboards.</summary>
    public static FleetColumn AliasOf(string name, string type, string sql) => new(name, type) { Clauses = Alias + sql };

    /// <summary>Makes the arrays of the fields that have several texts.</summary>
    public static IEnumerable<FleetColumn> Arrays(IEnumerable<EventField> fields) => fields.Where(IsList).Select(static field => AliasOf(field.Name, "Array(String)", ListText.ArrayOf(NameOf(field))));

    /// <summary>Makes a column of a text.</summary>
    public static FleetColumn Text(string name) => new(name, TextType) { Clauses = TextCodec };

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type}{Clauses}";

    private static bool IsList(EventField field) => ReportField.Of(field).Shape is FieldShape.Texts;
}
