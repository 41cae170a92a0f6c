namespace Containers.Telemetry.Reports.Storage;

/// <summary>A publish as it is counted.</summary>
/// <param name="Number">Its position in the columns.</param>
/// <param name="Time">The time of its end: <see cref="DateTime.Ticks"/>, UTC.</param>
/// <param name="User">Its user's number; 0 for none.</param>
internal readonly record struct PublishRow(int Number, PublishOutcome Outcome, long Time, int User);
