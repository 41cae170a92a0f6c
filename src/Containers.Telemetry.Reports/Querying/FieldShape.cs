namespace Containers.Telemetry.Reports.Querying;

/// <summary>How the values of a field are kept while a report is made.</summary>
internal enum FieldShape
{
    /// <summary>One text of few different ones.</summary>
    Text,

    /// <summary>Several texts of few different ones.</summary>
    Texts,

    /// <summary>128 bits that stand for a user or a project.</summary>
    Identifier,

    /// <summary>A number, not negative.</summary>
    Number,

    /// <summary>The time of the publish.</summary>
    Time,

    /// <summary>What tells one event or one publish from all others.</summary>
    Identity,
}
