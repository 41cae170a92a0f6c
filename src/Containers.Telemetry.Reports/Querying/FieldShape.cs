namespace Containers.Telemetry.Reports.Querying;

/// <summary>The form of a field's values in memory.</summary>
internal enum FieldShape
{
    /// <summary>One text, with few different values.</summary>
    Text,

    /// <summary>Several texts, with few different values.</summary>
    Texts,

    /// <summary>128 bits that identify a user or a project.</summary>
    Identifier,

    /// <summary>A number, not negative.</summary>
    Number,

    Time,

    /// <summary>The id of an event or of a publish.</summary>
    Identity,
}
