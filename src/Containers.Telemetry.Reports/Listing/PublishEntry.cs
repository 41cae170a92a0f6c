namespace Containers.Telemetry.Reports.Listing;

/// <summary>A publish as it is listed.</summary>
/// <param name="Id">Joins its events.</param>
/// <param name="Time">When it ended, UTC; of one that has not ended, when its latest event was raised.</param>
/// <param name="Outcome"><c>success</c>, <c>error</c>, <c>canceled</c>, <c>unfinished</c>, or <c>running</c> for one that may be at it still.</param>
/// <param name="Values">The values of the fields of the query, in their order: <see cref="string"/>, <see cref="string"/>[], <see cref="long"/> or null.</param>
public sealed record PublishEntry(Guid Id, DateTimeOffset Time, string Outcome, IReadOnlyList<object?> Values);
