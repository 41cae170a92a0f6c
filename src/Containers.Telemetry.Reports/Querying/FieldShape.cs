namespace Containers.Telemetry.Reports.Querying;

/// <summary>How the values of a field are kept while a report is made.</summary>
internal enum FieldShape
{
    /// <summary>One text of few different ones.</summary>
    Text,

    /// <summary>Several texts of few different ones.</summary>
    Texts,

    /// <summary>128 bits that identify a user or a project.</summary>
    Identifier,

    /// <summary>A number, not negative.</summary>
    Number,

    /// <summary>The time of the publish.</summary>
    Time,

    /// <summary>The id of an event or of a publish.</summary>
    Identity,
}
