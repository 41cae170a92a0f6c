namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Series of failures: one project's failures without a success between them. Cancellations are ignored.</summary>
/// <param name="Error">Their first error; empty for none, null for all series together.</param>
/// <param name="Recovered">Number of series that ended in a success. The other figures are about these.</param>
/// <param name="FailuresP50">Failures of a series, median; null for no series.</param>
/// <param name="FailuresP95">Failures of a series, 95th percentile.</param>
/// <param name="MillisecondsP50">From the first failure to the success, median.</param>
/// <param name="MillisecondsP95">From the first failure to the success, 95th percentile.</param>
internal sealed record RecoveryGroup(
    string? Error,
    long Series,
    long Recovered,
    long? FailuresP50,
    long? FailuresP95,
    long? MillisecondsP50,
    long? MillisecondsP95);
