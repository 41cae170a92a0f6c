using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The publishes that ended in a period and match the filters, counted in memory or in a database.</summary>
internal interface IPublishes
{
    /// <summary>The period in which they ended.</summary>
    Period Period { get; }

    long Count { get; }

    /// <summary>Number of publishes without an outcome. They are counted nowhere else.</summary>
    long Unfinished { get; }

    /// <summary>Number of publishes that may be running. They are counted nowhere else.</summary>
    long Running { get; }

    /// <summary>Sorts them into the rows of a table.</summary>
    /// <param name="bucket">The part of time of rows, if the table does not define it.</param>
    TableGroups Group(TableSpec spec, TimeBucket bucket);

    /// <summary>Sorts the publishes without an outcome into the rows of a table, as canceled ones.</summary>
    TableGroups GroupUnfinished(TableSpec spec, TimeBucket bucket);

    /// <summary>The number of publishes of each user, or of each project, in ascending order. Publishes without the identity are not counted.</summary>
    long[] CountsBy(EventField identity);

    /// <summary>Counts the projects with a publish that ended before a moment.</summary>
    /// <returns>The number of projects for each moment.</returns>
    long[] ProjectsBefore(IReadOnlyList<DateTimeOffset> moments);

    /// <summary>The projects, and their first publishes with each value of fields.</summary>
    /// <param name="fields">Fields of texts.</param>
    ProjectUses FirstUsesOf(IReadOnlyList<EventField> fields);

    /// <summary>The series of failures of projects, by their first error, and all of them together.</summary>
    IReadOnlyList<RecoveryGroup> Recoveries();

    /// <summary>The publishes, merged if they have the same values, outcome and, for failures, day.</summary>
    /// <param name="fields">The fields, which are texts. Two periods that are queried with the same fields do not overlap.</param>
    AlikePublishes Alike(IReadOnlyList<ReportField> fields);

    /// <summary>The single publishes, also those without an outcome, for questions beyond tables. From a database they are transferred.</summary>
    /// <param name="fields">The fields to read, besides user, project, outcome and time.</param>
    PublishSelection Rows(IReadOnlyList<ReportField> fields);
}
