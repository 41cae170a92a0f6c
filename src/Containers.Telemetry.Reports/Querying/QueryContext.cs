using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Resolves the names and times of a query.</summary>
/// <param name="Now">What ages are counted from.</param>
/// <param name="Dimensions">The dimensions that occur, which can be named without a prefix.</param>
public sealed record QueryContext(DateTimeOffset Now, IReadOnlyCollection<string> Dimensions)
{
    /// <summary>Reads the names that the user has given to projects, by their ids. Only a filter of projects needs them.</summary>
    public Func<IReadOnlyDictionary<string, string>>? Projects { get; init; }

    /// <summary>Returns the ids of the projects with a name, in any case; none if it is no name, or the field is another.</summary>
    internal IReadOnlyList<string> IdsOf(ReportField field, string name) => field.SchemaField == IdentityFields.ProjectId && Projects is not null
        ? [.. Projects().Where(one => one.Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static one => one.Key)]
        : [];

    /// <summary>Finds a field that publishes can be grouped and filtered by.</summary>
    /// <exception cref="QueryException">There is none.</exception>
    internal ReportField FieldOf(string option, string name) => ReportField.Find(name, Dimensions) switch
    {
        null => throw new QueryException(Unknown(option, name)),
        { CanGroup: false } field => throw new QueryException(option, $"{field} is different in each publish, so nothing can be grouped or filtered by it."),
        { } field => field,
    };

    private QueryProblem Unknown(string option, string name)
    {
        IReadOnlyList<string> nearest = NearestNames.Find(name, ReportField.All.Select(static field => field.Name).Concat(Dimensions));
        return new QueryProblem(
            option,
            nearest.Count > 0 ? $"There is no field '{name}'." : $"There is no field '{name}'. containers-telemetry fields lists them.",
            nearest.Count > 0 ? nearest : NearestNames.Find(name, ReportField.All.Select(static field => field.Attribute)))
        {
            IsUnknownField = true,
        };
    }
}
