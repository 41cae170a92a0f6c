using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The publishes that ended in a period and pass the filters, to be counted where they are kept: in memory, or in a database.</summary>
internal interface IPublishes
{
    /// <summary>When they ended.</summary>
    Period Period { get; }

    /// <summary>Number of publishes.</summary>
    long Count { get; }

    /// <summary>Number of publishes that nothing has ended. They are counted nowhere else.</summary>
    long Unfinished { get; }

    /// <summary>Number of publishes that may be running. They are counted nowhere else.</summary>
    long Running { get; }

    /// <summary>Sorts them into the rows of a table.</summary>
    /// <param name="spec">The table.</param>
    /// <param name="bucket">The part of time that rows are about, where the table does not say which.</param>
    TableGroups Group(TableSpec spec, TimeBucket bucket);

    /// <summary>How many publishes each user has, or each project, in ascending order. Publishes without the identity have no part in it.</summary>
    /// <param name="identity">The pseudonym.</param>
    long[] CountsBy(EventField identity);

    /// <summary>Counts the projects of which a publish ended before a moment.</summary>
    /// <param name="moments">The moments.</param>
    /// <returns>The number of projects for each moment.</returns>
    long[] ProjectsBefore(IReadOnlyList<DateTimeOffset> moments);

    /// <summary>When projects were first published with the values of fields.</summary>
    /// <param name="fields">Fields of texts.</param>
    /// <returns>The uses of each field.</returns>
    IReadOnlyList<FirstUses> FirstUsesOf(IReadOnlyList<EventField> fields);

    /// <summary>The series of failures of projects, by their first error, and all of them together.</summary>
    IReadOnlyList<RecoveryGroup> Recoveries();

    /// <summary>The publishes of which a number have the same values, outcome and, of failures, day.</summary>
    /// <param name="fields">The fields, which are texts. Two periods of which this is asked with the same fields do not overlap.</param>
    AlikePublishes Alike(IReadOnlyList<ReportField> fields);

    /// <summary>The publishes one by one, for what no table says. They travel where they are kept elsewhere.</summary>
    /// <param name="fields">The fields that are read, beside user, project, outcome and time.</param>
    PublishSelection Rows(IReadOnlyList<ReportField> fields);
}
