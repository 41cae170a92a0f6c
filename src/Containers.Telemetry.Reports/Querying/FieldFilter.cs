using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Lets those publishes pass that have a value in a field, or have not.</summary>
public sealed record FieldFilter
{
    private const string Option = "--where";

    private FieldFilter(ReportField field, string value, bool isNegated)
    {
        Field = field;
        Value = value;
        IsNegated = isNegated;
    }

    /// <summary>The field.</summary>
    public ReportField Field { get; }

    /// <summary>The value as the schema writes it; empty for publishes without one. A field of several values has it if one of them is it.</summary>
    public string Value { get; }

    /// <summary>Whether the publishes that have the value are left out, instead of the others.</summary>
    public bool IsNegated { get; }

    /// <summary>Reads <c>FIELD=VALUE</c> or <c>FIELD!=VALUE</c>. Case does not matter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="filter">The filter; null when there is a problem.</param>
    /// <param name="problem">Why it cannot be understood; null when it can.</param>
    public static bool TryParse(string text, out FieldFilter? filter, out QueryProblem? problem)
    {
        filter = null;
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        bool isNegated = equals > 0 && text[equals - 1] == '!';
        string name = equals < 0 ? text : text[..(isNegated ? equals - 1 : equals)].Trim();
        if (equals < 0 || name.Length == 0)
        {
            problem = new QueryProblem(Option, $"'{text}' is no filter: write FIELD=VALUE or FIELD!=VALUE.", []);
            return false;
        }

        if (!TryFindField(Option, name, out ReportField? field, out problem))
        {
            return false;
        }

        string value = text[(equals + 1)..].Trim();
        if (field!.Shape is FieldShape.Time)
        {
            problem = new QueryProblem(Option, $"{field} cannot be filtered by a value: use --since and --until.", []);
            return false;
        }

        if (!TryReadValue(field, value, out string? accepted, out problem))
        {
            return false;
        }

        filter = new FieldFilter(field, accepted!, isNegated);
        return true;
    }

    /// <summary>Finds a field that publishes can be grouped and filtered by.</summary>
    internal static bool TryFindField(string option, string name, out ReportField? field, out QueryProblem? problem)
    {
        field = ReportField.Find(name);
        problem = field switch
        {
            null => new QueryProblem(option, $"There is no field '{name}'.", NearestFields(name)),
            { CanGroup: false } => new QueryProblem(option, $"{field} is different in each publish, so nothing can be grouped or filtered by it.", []),
            _ => null,
        };
        return problem is null;
    }

    /// <summary>The filter as it is typed.</summary>
    public override string ToString() => Field.Name + (IsNegated ? "!=" : "=") + Value;

    private static IReadOnlyList<string> NearestFields(string name)
    {
        IReadOnlyList<string> names = NearestNames.Find(name, ReportField.All.Select(static field => field.Name));
        return names.Count > 0 ? names : NearestNames.Find(name, ReportField.All.Select(static field => field.Attribute));
    }

    private static bool TryReadValue(ReportField field, string value, out string? accepted, out QueryProblem? problem)
    {
        problem = null;
        accepted = value;
        if (value.Length == 0 || field.SchemaField is not { } schemaField)
        {
            return true;
        }

        switch (schemaField.Kind)
        {
            case FieldKind.Flag:
                accepted = Among(["false", "true"], value);
                break;
            case FieldKind.Choice or FieldKind.Choices:
                int renamed = Array.FindIndex(schemaField.AttributeValues, name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
                accepted = Among(schemaField.AllowedValues, value) ?? (renamed >= 0 ? schemaField.AllowedValues[renamed] : null);
                break;
            case FieldKind.Count:
                accepted = value.Length <= 18 && value.All(char.IsAsciiDigit) ? value.TrimStart('0') is { Length: > 0 } digits ? digits : "0" : null;
                break;
            case FieldKind.TargetFramework:
                accepted = char.IsAsciiDigit(value[0]) ? "net" + value : value;
                break;
            case FieldKind.Identifier or FieldKind.KeyedHash:
                accepted = Storage.Identifier.TryParse(value, out _) ? value : null;
                break;
        }

        if (accepted is null)
        {
            string[] possible = schemaField.Kind is FieldKind.Flag ? ["false", "true"] : schemaField.AllowedValues;
            problem = new QueryProblem(Option, $"{field} is never '{value}'.", NearestNames.Find(value, possible));
        }

        return accepted is not null;
    }

    private static string? Among(string[] values, string value) => Array.Find(values, known => known.Equals(value, StringComparison.OrdinalIgnoreCase));
}
