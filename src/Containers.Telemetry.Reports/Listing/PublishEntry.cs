namespace Containers.Telemetry.Reports.Listing;

/// <summary>A publish as it is listed.</summary>
/// <param name="Id">Joins its events.</param>
/// <param name="Time">The time of its end, UTC; if it has not ended, the time of its latest event.</param>
/// <param name="Outcome"><c>success</c>, <c>error</c>, <c>canceled</c>, <c>unfinished</c>, or <c>running</c> if it may still be running.</param>
/// <param name="Values">The values of the query's fields, in their order: <see cref="string"/>, <see cref="string"/>[], <see cref="long"/> or null.</param>
public sealed record PublishEntry(Guid Id, DateTimeOffset Time, string Outcome, IReadOnlyList<object?> Values);
