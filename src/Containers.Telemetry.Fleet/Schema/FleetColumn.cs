using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Schema;

/// <param name="Name">Its name: that of the schema's field, if it has one.</param>
internal sealed record FleetColumn(string Name, string Type)
{
    /// <summary>A text, with few different values; empty if missing.</summary>
    public const string TextType = "LowCardinality(String)";

    /// <summary>An identifier or a keyed hash; all zeros if missing.</summary>
    public const string IdentifierType = "UUID";

    /// <summary>A number; -1 if missing. Not Nullable: aggregates such as argMin skip nulls, and would take a value from another event.</summary>
    public const string NumberType = "Int64";

    public const string DayType = "Date";

    /// <summary>The codec of texts and of identifiers that occur once.</summary>
    public const string TextCodec = " CODEC(ZSTD(1))";

    /// <summary>The codec of numbers that use few of their bits.</summary>
    public const string NumberCodec = " CODEC(T64, ZSTD(1))";

    private const string Alias = " ALIAS ";

    // Users and projects repeat after thousands of others, so the window is as large as a block.
    private const string IdentityCodec = " CODEC(ZSTD(9, 23))";

    /// <summary>The default and the codec, as they follow the type.</summary>
    public string Clauses { get; init; } = "";

    /// <summary>The field of the schema; null for a column without a field.</summary>
    public EventField? Field { get; init; }

    /// <summary>The table's default value.</summary>
    public object DefaultValue { get; } = Type switch
    {
        NumberType => -1L,
        IdentifierType => Guid.Empty,
        _ => "",
    };

    /// <summary>Whether it is stored; otherwise it is computed from other columns when it is read.</summary>
    public bool IsStored => !Clauses.StartsWith(Alias, StringComparison.Ordinal);

    public static string NameOf(EventField field) => IsList(field) ? field.Name + "Text" : field.Name;

    public static FleetColumn Of(EventField field) => ReportField.Of(field).Shape switch
    {
        FieldShape.Number => new FleetColumn(field.Name, NumberType) { Field = field, Clauses = " DEFAULT -1" + NumberCodec },
        FieldShape.Identifier or FieldShape.Identity => new FleetColumn(field.Name, IdentifierType) { Field = field, Clauses = IdentityCodec },
        _ => Text(NameOf(field)) with { Field = field },
    };

    /// <summary>Creates a computed column, for people and dashboards.</summary>
    public static FleetColumn AliasOf(string name, string type, string sql) => new(name, type) { Clauses = Alias + sql };

    /// <summary>Creates the arrays of the fields with several texts.</summary>
    public static IEnumerable<FleetColumn> Arrays(IEnumerable<EventField> fields) =>
        fields.Where(IsList).Select(static field => AliasOf(field.Name, "Array(String)", ListText.ArrayOf(NameOf(field))));

    public static FleetColumn Text(string name) => new(name, TextType) { Clauses = TextCodec };

    public override string ToString() => $"{Name} {Type}{Clauses}";

    private static bool IsList(EventField field) => ReportField.Of(field).Shape is FieldShape.Texts;
}
