namespace Containers.Telemetry.Reports.Querying;

/// <summary>A field that no event carries: a report computes it from others.</summary>
public enum DerivedField
{
    /// <summary>The support of the base image's .NET version on the day of the report: <c>supported</c> or <c>ended</c>; none without one.</summary>
    Support,

    /// <summary>Where the base image comes from: a kind of registry, or a place on the machine.</summary>
    PullType,

    /// <summary>Where the image goes: a kind of registry, or a place on the machine.</summary>
    PushType,

    /// <summary>The source of a failed pull (<see cref="PullType"/>) or the destination of a failed push (<see cref="PushType"/>).</summary>
    Registry,

    /// <summary><see cref="Registry"/>, by the registry's product if its kind is Other and the product is known.</summary>
    RegistryProduct,

    /// <summary>Whether a failed publish was retried: the same project was published again within a day. None for a publish that did not fail.</summary>
    Retried,

    /// <summary>The hour in which the publish ended, UTC.</summary>
    Hour,

    /// <summary>The day on which the publish ended, UTC.</summary>
    Day,

    /// <summary>The week in which the publish ended, by its Monday, UTC.</summary>
    Week,

    /// <summary>The month in which the publish ended, by its first day, UTC.</summary>
    Month,
}
